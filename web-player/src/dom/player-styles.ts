import { css } from 'lit';
import { onPicture } from './theme.ts';

/** A slider on a picture, filled up to where it stands (`--at`). */
export const rangeStyles = css`
  input[type='range'] {
    appearance: none;
    width: 100%;
    height: 24px;
    margin: 0;
    background: transparent;
    cursor: pointer;
    display: block;
  }
  input[type='range']::-webkit-slider-runnable-track {
    height: 4px;
    border-radius: 2px;
    background: linear-gradient(
      90deg,
      var(--fill, var(--accent)) var(--at, 0%),
      rgb(255 255 255 / 32%) var(--at, 0%)
    );
  }
  input[type='range']::-moz-range-track {
    height: 4px;
    border-radius: 2px;
    background: rgb(255 255 255 / 32%);
  }
  input[type='range']::-moz-range-progress {
    height: 4px;
    background: var(--fill, var(--accent));
  }
  input[type='range']::-webkit-slider-thumb {
    appearance: none;
    width: 14px;
    height: 14px;
    margin-top: -5px;
    border-radius: 50%;
    background: #fff;
  }
`;

export const playerStyles = css`
  ${rangeStyles}
  :host {
    ${onPicture}
  }
  .player {
    position: relative;
    width: 100%;
    height: 100%;
    aspect-ratio: 16 / 9;
    container-type: inline-size;
    background: #000;
    overflow: hidden;
    border-radius: var(--player-radius, 16px);
  }
  .player:fullscreen {
    border-radius: 0;
  }
  video {
    width: 100%;
    height: 100%;
    display: block;
    object-fit: contain;
  }
  .player.idle {
    cursor: none;
  }
  .controls {
    position: absolute;
    inset: auto 0 0;
    padding: 48px 16px 12px;
    background: linear-gradient(transparent, rgb(3 5 9 / 88%));
    transition: opacity 0.25s;
  }
  .idle .controls {
    opacity: 0;
    pointer-events: none;
  }
  .line {
    position: relative;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .controls button {
    background: transparent;
    min-height: 40px;
  }
  .controls button.icon {
    width: 40px;
  }
  .controls button:hover {
    background: rgb(255 255 255 / 14%);
  }
  .grow {
    flex: 1;
  }
  .time {
    font-size: 13px;
    font-variant-numeric: tabular-nums;
    padding: 0 8px;
  }
  .controls .to-live {
    min-height: 32px;
    padding: 0 11px;
    border-radius: 8px;
    font-size: 12.5px;
    font-weight: 700;
    letter-spacing: 0.04em;
    background: rgb(255 255 255 / 16%);
    margin-right: 4px;
  }
  .controls .to-live.at-edge {
    background: var(--live);
    color: #fff;
    opacity: 1;
  }
  .volume {
    width: 84px;
  }
  .volume input {
    --fill: #fff;
  }
  .overlay {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    place-content: center;
    gap: 12px;
    text-align: center;
    padding: 20px;
  }
  .slate {
    background: radial-gradient(circle at 50% 25%, #18264a, #060910 72%);
  }
  .slate h2 {
    font-size: clamp(20px, 3vw, 32px);
    text-wrap: balance;
  }
  .sound {
    pointer-events: none;
  }
  .sound button {
    pointer-events: auto;
    min-height: 64px;
    padding: 0 28px;
    border-radius: 32px;
    font-size: 18px;
    background: #fff;
    color: #0a0d14;
    box-shadow: var(--shadow);
  }
  .sound button:hover:not(:disabled) {
    background: #e4ecfb;
  }
  .sound svg {
    width: 26px;
    height: 26px;
  }
  .words {
    position: absolute;
    top: 14px;
    left: 14px;
    right: 14px;
    display: flex;
    gap: 8px;
    pointer-events: none;
  }
  .words p {
    padding: 6px 12px;
    border-radius: 10px;
    background: rgb(8 11 18 / 84%);
    font-size: 13.5px;
  }
  .said {
    position: absolute;
    inset: auto 5% 104px;
    width: fit-content;
    margin: 0 auto;
    padding: 0.2em 0.7em 0.25em;
    border-radius: 8px;
    background: rgb(8 11 18 / 84%);
    color: #fff;
    font-size: clamp(15px, 2.6cqi, 36px);
    line-height: 1.35;
    text-align: center;
    text-wrap: balance;
    white-space: pre-line;
    overflow-wrap: anywhere;
    pointer-events: none;
    transition: bottom 0.25s;
  }
  .idle .said {
    bottom: 5%;
  }
  .menu {
    position: relative;
  }
  .list {
    position: absolute;
    right: 0;
    bottom: 48px;
    min-width: 200px;
    max-height: 280px;
    overflow-y: auto;
    padding: 8px;
    border-radius: 14px;
    background: rgb(17 23 34 / 97%);
    border: 1px solid var(--line);
    display: grid;
  }
  .list [role='group'] {
    display: grid;
  }
  .of {
    font-size: 12px;
    font-weight: 650;
    color: var(--soft);
    padding: 6px 10px 2px;
  }
  .list button {
    justify-content: space-between;
    min-height: 38px;
    padding: 0 10px;
    font-size: 14px;
    font-weight: 450;
  }
  .list svg {
    width: 16px;
    height: 16px;
  }
  @media (max-width: 620px) {
    .controls {
      padding: 36px 8px 6px;
    }
    .volume,
    .desktop {
      display: none;
    }
    .time {
      padding: 0 4px;
    }
    .said {
      bottom: 84px;
    }
    .list {
      max-height: 160px;
    }
  }
`;
