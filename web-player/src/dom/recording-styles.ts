import { css } from 'lit';

/** The page of a recording: player and words side by side, one above the other on a phone. */
export const recordingStyles = css`
  :host {
    min-height: 100vh;
    background: var(--bg);
  }
  .page {
    height: 100vh;
    height: 100dvh;
    display: grid;
    grid-template: 60px minmax(0, 1fr) / minmax(0, 1fr) 384px;
    grid-template-areas: 'top top' 'main words';
  }
  .page.alone {
    grid-template-columns: minmax(0, 1fr) 0;
  }
  header {
    grid-area: top;
    display: flex;
    align-items: center;
    gap: 14px;
    padding: 0 20px;
    border-bottom: 1px solid var(--line);
    min-width: 0;
  }
  header a {
    color: var(--accent);
    display: grid;
    border-radius: 8px;
  }
  .mark {
    width: 28px;
    height: 28px;
  }
  header h1 {
    font-size: 16px;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  main {
    grid-area: main;
    overflow-y: auto;
    padding: 22px 26px;
    display: flex;
    flex-direction: column;
    gap: 16px;
    align-items: center;
  }
  amphi-movie,
  amphi-recording-work,
  .below {
    width: min(100%, calc((100dvh - 190px) * 16 / 9));
  }
  .below {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 10px 12px;
  }
  .below p {
    flex: 1 1 220px;
    font-size: 14px;
  }
  .parts {
    display: inline-flex;
    border-radius: 10px;
    background: var(--raised);
  }
  .parts [aria-pressed='true'],
  .parts [aria-pressed='true']:hover {
    background: var(--accent);
    color: var(--on-accent);
  }
  aside {
    grid-area: words;
    display: flex;
    flex-direction: column;
    min-height: 0;
    border-left: 1px solid var(--line);
    background: var(--surface);
  }
  aside h2 {
    font-size: 14px;
    padding: 14px 16px 10px;
  }
  .chapters {
    display: flex;
    flex-direction: column;
    min-height: 0;
    max-height: 38%;
    border-bottom: 1px solid var(--line);
  }
  .chapters:only-child {
    max-height: none;
    border-bottom: 0;
  }
  .chapters ol {
    overflow-y: auto;
    padding: 0 8px 8px;
  }
  .chapters button {
    width: 100%;
    display: grid;
    grid-template-columns: 58px minmax(0, 1fr);
    gap: 8px;
    justify-content: start;
    min-height: 40px;
    padding: 6px 8px;
    border-radius: 9px;
    background: transparent;
    font-weight: 500;
    text-align: start;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .chapters button:focus-visible {
    outline-offset: -2px;
  }
  .chapters [aria-current] {
    background: var(--raised);
    box-shadow: inset 3px 0 var(--accent);
  }
  .chapters time {
    font-size: 12.5px;
    font-weight: 400;
    color: var(--soft);
    font-variant-numeric: tabular-nums;
    text-align: right;
  }
  .said {
    flex: 1;
    min-height: 0;
    display: flex;
    flex-direction: column;
  }
  .said h2 {
    padding-bottom: 0;
  }
  amphi-transcript {
    flex: 1;
  }
  aside .trouble {
    margin: 0 14px 14px;
  }
  .center {
    min-height: 100vh;
    display: grid;
    place-items: center;
    place-content: center;
    padding: 24px 0;
    background:
      radial-gradient(900px 480px at 50% -10%, var(--glow) 0%, transparent 65%), var(--bg);
  }
  .card {
    width: min(480px, calc(100vw - 36px));
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
    color: var(--accent);
  }
  @media (max-width: 860px) {
    .page,
    .page.alone {
      height: auto;
      min-height: 100dvh;
      display: flex;
      flex-direction: column;
    }
    header {
      height: 52px;
      flex: none;
      padding: 0 14px;
      gap: 10px;
    }
    /* The player stays in sight beside all of the page, not of this alone. */
    .page main {
      display: contents;
    }
    amphi-movie {
      --player-radius: 0;
      width: 100%;
      position: sticky;
      top: 0;
      z-index: 1;
    }
    .below,
    amphi-recording-work {
      width: auto;
      margin: 12px 14px 14px;
    }
    aside {
      border-left: 0;
      border-top: 1px solid var(--line);
    }
    .chapters {
      max-height: none;
    }
    .chapters ol {
      max-height: 240px;
    }
    amphi-transcript {
      flex: none;
      height: 62dvh;
    }
  }
`;
