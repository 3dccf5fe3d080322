import {
  NO_PICTURES,
  pictureAt,
  readPictures,
  type PictureTrack,
} from '../core/player/pictures.ts';

/** As often as there is another one. */
const NEW_EVERY_MS = 5000;

/** The small pictures of a class that goes on; nobody's viewer waits for them. */
export class LivePictures {
  readonly #path: string;
  #track: PictureTrack = NO_PICTURES;
  #askedMs = -Infinity;

  constructor(path: string) {
    this.#path = path;
  }

  /** The address of what was shown at an instant of the wall clock; null where there is none. */
  at(wallMs: number): string | null {
    const { zeroMs } = this.#track;
    const uri = zeroMs === null ? null : pictureAt(this.#track, (wallMs - zeroMs) / 1000);
    return uri && new URL(uri, new URL(this.#path, location.href)).href;
  }

  /** Reads the list when there may be more in it; false when it is as it was. */
  async ask(nowMs: number): Promise<boolean> {
    if (nowMs - this.#askedMs < NEW_EVERY_MS) {
      return false;
    }
    this.#askedMs = nowMs;
    const answer = await fetch(this.#path).catch(() => null); // Then the time alone is shown.
    if (!answer?.ok) {
      return false;
    }
    this.#track = readPictures(await answer.text());
    return true;
  }
}
