import { css } from 'lit';

/** What a recording's player has beside what every player of ours has. */
export const movieStyles = css`
  amphi-timeline {
    display: block;
  }
  .start {
    pointer-events: none;
  }
  .start button {
    pointer-events: auto;
    width: 76px;
    height: 76px;
    padding: 0 0 0 4px;
    border-radius: 50%;
    background: rgb(8 11 18 / 72%);
    color: #fff;
  }
  .start button:hover:not(:disabled) {
    background: var(--accent);
    color: var(--on-accent);
  }
  .start svg {
    width: 34px;
    height: 34px;
  }
  .controls button.speed {
    min-width: 52px;
    padding: 0 6px;
    font-size: 14px;
    font-variant-numeric: tabular-nums;
  }
  video::cue {
    background: rgb(8 11 18 / 84%);
    color: #fff;
    font-family: var(--font);
  }
  @media (max-width: 620px) {
    .row {
      gap: 0;
    }
    .time {
      font-size: 12px;
    }
    .list {
      max-height: 148px;
    }
  }
`;
