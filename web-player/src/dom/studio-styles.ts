import { css } from 'lit';

/** The studio's three columns on a desk, one column with tabs on a phone. */
export const studioStyles = css`
  :host {
    min-height: 100vh;
    background: var(--bg);
  }
  .studio {
    height: 100vh;
    height: 100dvh;
    display: grid;
    grid-template: 56px auto minmax(0, 1fr) auto / 272px minmax(0, 1fr) 336px;
    grid-template-areas: 'top top top' 'people middle poll' 'people middle side' 'tools tools tools';
  }
  .top {
    grid-area: top;
    display: flex;
    align-items: center;
    gap: 14px;
    padding: 0 20px;
    border-bottom: 1px solid var(--line);
    min-width: 0;
  }
  .mark {
    width: 26px;
    height: 26px;
    color: var(--accent);
  }
  .top h1 {
    font-size: 16px;
    flex: 0 1 auto;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .grow {
    flex: 1;
  }
  .recording {
    color: var(--live-text);
  }
  .people {
    grid-area: people;
    overflow-y: auto;
    padding: 18px;
    border-right: 1px solid var(--line);
  }
  .middle {
    grid-area: middle;
    overflow-y: auto;
    padding: 20px 26px;
    display: flex;
    flex-direction: column;
    gap: 14px;
    align-items: center;
  }
  .middle > * {
    width: min(100%, calc((100dvh - 270px) * 16 / 9));
  }
  amphi-notices[empty] {
    margin-bottom: -14px;
  }
  .poll {
    grid-area: poll;
    max-height: 55dvh;
    overflow-y: auto;
    overscroll-behavior: contain;
    border-left: 1px solid var(--line);
    background: var(--surface);
  }
  .side {
    grid-area: side;
    display: flex;
    flex-direction: column;
    min-height: 0;
    border-left: 1px solid var(--line);
    background: var(--surface);
  }
  [role='tablist'] {
    display: flex;
    gap: 4px;
    padding: 10px 12px;
    border-bottom: 1px solid var(--line);
  }
  [role='tab'] {
    flex: 1;
    background: transparent;
    min-height: 38px;
    color: var(--soft);
    padding: 0 8px;
  }
  [role='tab'][aria-selected='true'] {
    background: var(--hover);
    color: var(--text);
  }
  .count {
    display: inline-grid;
    place-items: center;
    min-width: 20px;
    height: 20px;
    padding: 0 6px;
    border-radius: 10px;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 12px;
    font-weight: 700;
  }
  [role='tabpanel'] {
    flex: 1;
    min-height: 0;
    display: flex;
    flex-direction: column;
    overflow-y: auto;
  }
  amphi-chat {
    flex: 1;
  }
  .tools {
    grid-area: tools;
    padding: 8px 16px;
    border-top: 1px solid var(--line);
    background: var(--surface);
  }
  .pause {
    background: var(--notice-ground);
    color: var(--notice-text);
  }
  .card {
    width: min(520px, calc(100vw - 36px));
    margin: 0 auto;
    padding: 36px;
    border-radius: 22px;
    border: 1px solid var(--line);
    background: var(--surface);
    box-shadow: var(--shadow);
    display: grid;
    gap: 18px;
    text-align: center;
  }
  .card .mark {
    width: 44px;
    height: 44px;
    margin: 0 auto;
  }
  .center {
    min-height: 100vh;
    display: grid;
    place-items: center;
    padding: 24px 0;
    background:
      radial-gradient(900px 480px at 50% -10%, var(--glow) 0%, transparent 65%), var(--bg);
  }
  @media (max-width: 1180px) and (min-width: 861px) {
    .studio {
      grid-template-columns: 216px minmax(0, 1fr) 300px;
    }
  }
  @media (max-width: 860px) {
    .studio {
      /* Where all of it does not fit, the page scrolls and the tools stay. */
      overflow-y: auto;
      grid-template: max-content auto auto auto minmax(190px, 1fr) auto / minmax(0, 1fr);
      grid-template-areas: 'top' 'middle' 'poll' 'people' 'side' 'tools';
    }
    .top {
      min-height: 54px;
      padding: 6px 14px;
      gap: 4px 10px;
      flex-wrap: wrap;
    }
    .top h1 {
      max-width: 34vw;
    }
    .each {
      order: 1;
    }
    .elsewhere {
      order: 1;
      flex-basis: 100%;
    }
    .middle {
      padding: 12px 14px 8px;
      overflow: visible;
    }
    .middle > * {
      width: 100%;
    }
    .people {
      padding: 4px 14px 10px;
      border: 0;
      overflow: visible;
      min-width: 0;
    }
    .poll {
      max-height: none;
      overflow: visible;
      border-left: 0;
    }
    .side {
      border-left: 0;
      border-top: 1px solid var(--line);
    }
    .tools {
      position: sticky;
      bottom: 0;
      z-index: 3;
      padding: 10px 12px calc(10px + env(safe-area-inset-bottom));
    }
    .wide,
    .desk {
      display: none;
    }
    .top .mark,
    .unrecorded {
      display: none;
    }
    .card {
      padding: 26px 20px;
    }
  }
`;
