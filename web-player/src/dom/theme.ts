import { css } from 'lit';

/** The dark colours, for what lies on a picture: it stays dark on a light page too. */
export const onPicture = css`
  color-scheme: dark;
  --raised: #19212f;
  --hover: #232d3f;
  --line: #29344a;
  --text: #eef2f9;
  --soft: #a8b5ca;
  --accent: #8fb4ff;
  --accent-strong: #b3ccff;
  --on-accent: #0a1326;
  --live-text: #ff8a96;
  --ok: #63d9a8;
  color: var(--text);
`;

/** What every element of ours shares: type, buttons, fields, focus. */
export const theme = css`
  :host {
    display: block;
    color: var(--text);
    font: 400 15px/1.5 var(--font);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  figure {
    margin: 0;
    padding: 0;
  }
  h1,
  h2,
  h3 {
    line-height: 1.2;
    letter-spacing: -0.015em;
    font-weight: 650;
  }
  ul,
  ol {
    list-style: none;
  }
  svg {
    width: 20px;
    height: 20px;
    flex: none;
    display: block;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 44px;
    padding: 0 18px;
    border: 1px solid transparent;
    border-radius: 12px;
    background: var(--raised);
    color: var(--text);
    font-weight: 550;
    text-decoration: none;
    cursor: pointer;
    transition: background 0.15s;
    white-space: nowrap;
  }
  button:hover:not(:disabled),
  .button:hover {
    background: var(--hover);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .primary {
    background: var(--accent);
    color: var(--on-accent);
  }
  .primary:hover:not(:disabled) {
    background: var(--accent-strong);
  }
  .danger {
    background: var(--live);
    color: #fff;
  }
  .danger:hover:not(:disabled) {
    background: var(--live-strong);
  }
  .quiet {
    background: transparent;
    border-color: var(--line);
  }
  .small {
    min-height: 34px;
    padding: 0 12px;
    font-size: 13.5px;
    border-radius: 9px;
  }
  .icon {
    padding: 0;
    width: 44px;
  }
  .small.icon {
    width: 34px;
  }
  .small svg {
    width: 16px;
    height: 16px;
  }
  :focus-visible {
    outline: 2px solid var(--accent-strong);
    outline-offset: 2px;
  }
  label {
    display: grid;
    gap: 6px;
    font-size: 13.5px;
    color: var(--soft);
  }
  input:not([type='checkbox'], [type='radio'], [type='range']),
  select,
  textarea {
    width: 100%;
    min-height: 46px;
    padding: 0 14px;
    border: 1px solid var(--control-line);
    border-radius: 12px;
    background: var(--bg);
    color: var(--text);
    font-size: 16px;
  }
  input::placeholder,
  textarea::placeholder {
    color: var(--soft);
    opacity: 0.85;
  }
  input[type='checkbox'] {
    width: 18px;
    height: 18px;
    accent-color: var(--accent);
    margin: 0;
  }
  .soft {
    color: var(--soft);
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 3px 9px;
    border-radius: 7px;
    background: var(--raised);
    font-size: 12px;
    font-weight: 650;
    letter-spacing: 0.03em;
    white-space: nowrap;
  }
  .badge.elsewhere {
    min-width: 0;
    letter-spacing: 0;
  }
  .badge.elsewhere > span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .badge.live {
    background: var(--live);
    color: #fff;
  }
  .badge.live::before {
    content: '';
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: #fff;
  }
  .trouble {
    display: flex;
    gap: 10px;
    align-items: flex-start;
    padding: 12px 14px;
    border-radius: 12px;
    border: 1px solid var(--trouble-line);
    background: var(--trouble-ground);
    color: var(--trouble-text);
    font-size: 14px;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 0.01ms !important;
    }
  }
`;
