import { css } from 'lit';

/** The watch page: player and chat side by side on a desk, one above the other on a phone. */
export const watchStyles = css`
  :host {
    min-height: 100vh;
    background: var(--bg);
  }
  .page {
    height: 100vh;
    height: 100dvh;
    display: grid;
    grid-template: 60px auto minmax(0, 1fr) / minmax(0, 1fr) 352px;
    grid-template-areas: 'top top' 'main poll' 'main chat';
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
  .grow {
    flex: 1;
  }
  .recording {
    color: var(--live-text);
  }
  .viewers {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    font-variant-numeric: tabular-nums;
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
  amphi-player,
  .below {
    width: min(100%, calc((100dvh - 176px) * 16 / 9));
  }
  amphi-visit {
    width: min(100%, calc((100dvh - 176px) * 16 / 9));
  }
  .below {
    display: grid;
    gap: 12px;
    justify-items: center;
  }
  amphi-recordings {
    width: 100%;
  }
  .doing {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 8px 20px;
  }
  .hand {
    padding: 0 20px;
    border-radius: 22px;
  }
  .pause {
    background: var(--notice-ground);
    color: var(--notice-text);
  }
  amphi-poll {
    grid-area: poll;
    max-height: 60dvh;
    overflow-y: auto;
    overscroll-behavior: contain;
    border-left: 1px solid var(--line);
  }
  aside {
    grid-area: chat;
    display: flex;
    flex-direction: column;
    min-height: 0;
    border-left: 1px solid var(--line);
    background: var(--surface);
  }
  aside h2 {
    font-size: 14px;
    padding: 16px 16px 12px;
    border-bottom: 1px solid var(--line);
  }
  amphi-chat {
    flex: 1;
  }
  #name .actions {
    display: flex;
    justify-content: flex-end;
    gap: 10px;
    margin-top: 20px;
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
    .page {
      /* With a question, all of it may be longer than a small phone: the page scrolls then. */
      grid-template: max-content max-content auto minmax(100px, 1fr) / minmax(0, 1fr);
      grid-template-areas: 'top' 'main' 'poll' 'chat';
    }
    header {
      min-height: 52px;
      padding: 6px 14px;
      gap: 4px 10px;
      flex-wrap: wrap;
    }
    header h1 {
      flex: 0 1 auto;
      max-width: 40vw;
    }
    .each {
      order: 1;
    }
    .elsewhere {
      order: 1;
      flex-basis: 100%;
    }
    main {
      padding: 0 0 12px;
      gap: 12px;
      max-height: 72dvh;
    }
    amphi-player {
      --player-radius: 0;
      width: 100%;
    }
    .below,
    amphi-visit {
      width: calc(100% - 24px);
    }
    .doing {
      gap: 8px;
    }
    .hand {
      padding: 0 14px;
    }
    amphi-poll {
      max-height: none;
      overflow: visible;
      border-left: 0;
      margin-bottom: -1px; /* One line between it and the chat. */
    }
    aside {
      border-left: 0;
      border-top: 1px solid var(--line);
    }
    aside h2 {
      display: none;
    }
  }
`;
