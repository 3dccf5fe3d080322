import { css } from 'lit';

/** The toolbar and its buttons: a sign with its word below, in one row at any width. */
export const toolStyles = css`
  :host {
    display: grid;
    grid-template-columns: 1fr auto 1fr;
    align-items: center;
    gap: 12px;
  }
  .group {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .middle {
    grid-column: 2;
  }
  .end {
    grid-column: 3;
    justify-content: flex-end;
  }
  .rule {
    width: 1px;
    height: 36px;
    margin: 0 6px;
    background: var(--line);
  }
  .tool {
    flex-direction: column;
    gap: 3px;
    min-width: 66px;
    min-height: 54px;
    padding: 6px 4px 5px;
    background: transparent;
    font-size: 11.5px;
    line-height: 1.3;
    font-weight: 500;
  }
  .tool svg {
    width: 22px;
    height: 22px;
  }
  .device[aria-pressed='false'] {
    background: var(--off-ground);
    color: var(--live-text);
  }
  .sharing {
    background: var(--on-ground);
    color: var(--ok);
  }
  /* Belongs to the button before it. */
  .how {
    min-width: 24px;
    margin-left: -8px;
    padding: 6px 2px 22px;
  }
  .how svg {
    width: 16px;
    height: 16px;
  }
  .record[aria-checked='true'],
  .end-class {
    color: var(--live-text);
  }
  .live {
    min-height: 48px;
    margin: 0 4px;
  }
  @media (max-width: 860px) {
    :host {
      display: flex;
      justify-content: space-around;
      gap: 2px;
    }
    .tool {
      min-width: 58px;
    }
    .sheet {
      display: grid;
      gap: 4px;
    }
    .sheet > .tool,
    .ways .tool {
      flex-direction: row;
      justify-content: flex-start;
      gap: 12px;
      min-height: 48px;
      padding: 0 14px;
      font-size: 15px;
    }
    .sheet h3 {
      margin: 10px 14px 6px;
      font-size: 13px;
      color: var(--soft);
    }
    .ways {
      display: grid;
      gap: 4px;
      margin-top: 10px;
    }
  }
`;
