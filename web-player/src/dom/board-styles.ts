import { css } from 'lit';

/** The picture with its ink, and the tools above it. */
export const boardStyles = css`
  .frame {
    position: relative;
    aspect-ratio: 16 / 9;
    border-radius: var(--radius);
    overflow: hidden;
    background: #04060b;
    box-shadow: 0 0 0 1px var(--line);
  }
  .frame.sheet {
    background: #f7f8fa;
  }
  .frame.mine {
    box-shadow: 0 0 0 2px var(--ink);
  }
  img,
  video,
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  img,
  video {
    object-fit: contain;
  }
  canvas {
    pointer-events: none;
  }
  canvas.pen,
  canvas.pointer {
    pointer-events: auto;
    touch-action: none;
    cursor: crosshair;
  }
  canvas.pointer {
    cursor: none;
  }
  .at {
    position: absolute;
    pointer-events: none;
    display: flex;
    align-items: center;
    gap: 6px;
    /* The dot's middle, not the label's corner, is what is pointed at. */
    transform: translate(-8px, -50%);
    transition:
      left 0.06s linear,
      top 0.06s linear;
    animation: fade 3s ease-in forwards;
  }
  /* The same under another name: it begins anew with each word from the pointer. */
  .at.turn-1 {
    animation-name: fade-again;
  }
  .at.own {
    transition: none;
  }
  .at i {
    width: 16px;
    height: 16px;
    border-radius: 50%;
    background: var(--ink);
    border: 2px solid #fff;
    box-shadow:
      0 0 0 1px rgb(8 11 18 / 55%),
      0 0 14px 3px var(--ink);
  }
  .at b {
    padding: 1px 8px;
    border-radius: 8px;
    background: rgb(8 11 18 / 82%);
    color: #fff;
    font-size: 12.5px;
    font-weight: 600;
    white-space: nowrap;
  }
  /* Near the right edge the name stands on the other side. */
  .at.left {
    flex-direction: row-reverse;
    transform: translate(calc(8px - 100%), -50%);
  }
  @keyframes fade {
    60% {
      opacity: 1;
    }
    100% {
      opacity: 0;
    }
  }
  @keyframes fade-again {
    60% {
      opacity: 1;
    }
    100% {
      opacity: 0;
    }
  }
  .tools {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-top: 10px;
    flex-wrap: wrap;
  }
  .tools p {
    flex: 1 1 120px;
    min-width: 0;
    font-size: 13.5px;
    color: var(--soft);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tools [aria-pressed='true'] {
    background: var(--hover);
    box-shadow: inset 0 0 0 2px var(--ink);
  }
  .tools .pen-tool svg {
    color: var(--ink);
  }
  .words {
    position: absolute;
    inset: auto 0 12px;
    text-align: center;
    font-size: 13.5px;
    color: #5b6474;
    pointer-events: none;
  }
  @media (prefers-reduced-motion: reduce) {
    /* It still goes, when the page is told or three seconds have passed. */
    .at {
      animation: none !important;
    }
  }
`;
