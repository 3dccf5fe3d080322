import { css, html } from 'lit';

/** Half of the slider's thumb: its middle goes from here to as far before the end. */
const THUMB_PX = 7;
const HALF_WIDTH_PX = 84;

/** What stands above a line of time, where somebody points at it. */
export const glimpseStyles = css`
  .above {
    position: absolute;
    bottom: 30px;
    display: grid;
    justify-items: center;
    gap: 6px;
    width: 168px;
    margin-left: -84px;
    pointer-events: none;
    text-align: center;
  }
  .above video,
  .above img {
    width: 100%;
    aspect-ratio: 16 / 9;
    height: auto;
    border-radius: 8px;
    border: 1px solid rgb(255 255 255 / 30%);
    background: #000;
    object-fit: contain;
  }
  .above span {
    max-width: 100%;
    padding: 2px 8px;
    border-radius: 7px;
    background: rgb(8 11 18 / 88%);
    font-size: 12.5px;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
`;

/** Where somebody points at a line: the part of it, 0 to 1, and where what is above it stands. */
export interface Pointed {
  readonly part: number;
  readonly left: number;
}

export function pointedAt(event: PointerEvent): Pointed {
  const { left, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const x = event.clientX - left;
  return {
    part: Math.min(1, Math.max(0, (x - THUMB_PX) / (width - 2 * THUMB_PX))),
    left: Math.min(width - HALF_WIDTH_PX, Math.max(HALF_WIDTH_PX, x)),
  };
}

/** A picture, or nothing, and words below it. */
export const glimpse = (left: number, picture: unknown, words: unknown) =>
  html`<div class="above" style="left:${left}px" aria-hidden="true">
    ${picture} <span>${words}</span>
  </div>`;
