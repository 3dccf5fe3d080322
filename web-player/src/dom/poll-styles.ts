import { css } from 'lit';

/** The question to the class: its answers as buttons, then as bars. */
export const pollStyles = css`
  /* Takes the focus when what had it is gone, and keeps the hidden words in its place. */
  :host {
    position: relative;
    outline: none;
  }
  section {
    display: grid;
    gap: 12px;
    padding: 14px 16px 16px;
    border-bottom: 1px solid var(--line);
    background: var(--surface);
    animation: comes 0.25s ease-out;
  }
  section:focus-visible {
    outline-offset: -3px;
  }
  .kind {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: 13px;
    color: var(--soft);
  }
  .kind svg {
    width: 18px;
    height: 18px;
    color: var(--accent);
  }
  .kind .badge {
    margin-left: auto;
    color: var(--text);
  }
  h2 {
    font-size: 16px;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  [role='radiogroup'],
  ul {
    display: grid;
    gap: 8px;
  }
  [role='radio'] {
    justify-content: flex-start;
    gap: 12px;
    padding: 9px 14px;
    border-color: var(--control-line);
    text-align: left;
    white-space: normal;
    font-weight: 500;
    line-height: 1.35;
  }
  [role='radio'] span {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .dot {
    flex: none;
    display: grid;
    place-items: center;
    width: 20px;
    height: 20px;
    border: 2px solid var(--control-line);
    border-radius: 50%;
  }
  .dot svg {
    width: 14px;
    height: 14px;
    stroke-width: 3;
  }
  [role='radio'][aria-checked='true'] {
    border-color: var(--accent);
    box-shadow: inset 0 0 0 1px var(--accent);
  }
  [aria-checked='true'] .dot {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: baseline;
    gap: 4px 12px;
    font-size: 14.5px;
    line-height: 1.35;
  }
  .answer {
    overflow-wrap: anywhere;
  }
  .answer .badge {
    margin-left: 6px;
    padding: 1px 7px;
    letter-spacing: 0;
  }
  .answer .badge svg {
    width: 13px;
    height: 13px;
    stroke-width: 3;
  }
  .mine .answer {
    font-weight: 650;
  }
  .count {
    font-size: 13.5px;
    font-variant-numeric: tabular-nums;
    color: var(--soft);
    white-space: nowrap;
  }
  .count b {
    display: inline-block;
    min-width: 5ch;
    text-align: right;
    color: var(--text);
  }
  .bar {
    grid-column: 1 / -1;
    height: 10px;
    border-radius: 5px;
    background: var(--hover);
    overflow: hidden;
  }
  .bar i {
    display: block;
    height: 100%;
    border-radius: 5px;
    background: var(--accent);
    transition: width 0.3s;
  }
  .hint {
    font-size: 13.5px;
    color: var(--soft);
  }
  @media (max-width: 860px) {
    section {
      border-top: 1px solid var(--line);
    }
  }
  @keyframes comes {
    from {
      opacity: 0;
    }
  }
`;
