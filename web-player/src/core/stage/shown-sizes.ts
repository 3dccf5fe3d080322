/** A size in device pixels; nothing is seen of what has none. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How large each of several pictures is shown, when it may be shown in several places. */
export class ShownSizes<Place extends object, Picture> {
  readonly #places = new Map<Place, { readonly picture: Picture; readonly size: Size }>();

  /** A place shows a picture at a size, or nothing any more. */
  set(place: Place, picture: Picture | null, size: Size): void {
    if (picture === null) {
      this.#places.delete(place);
    } else {
      this.#places.set(place, { picture, size });
    }
  }

  /** The largest of its places; no size at all when it is shown nowhere. */
  of(picture: Picture): Size {
    let largest: Size = { width: 0, height: 0 };
    for (const { picture: shown, size } of this.#places.values()) {
      if (shown === picture && size.width * size.height > largest.width * largest.height) {
        largest = size;
      }
    }
    return largest;
  }
}

/** Whether the server should hear of the new size: a few pixels more or less change nothing. */
export function differs(told: Size | undefined, now: Size): boolean {
  if (!told) {
    return true;
  }
  const unlike = (a: number, b: number): boolean => Math.abs(a - b) > Math.max(a, b) / 20;
  return unlike(told.width, now.width) || unlike(told.height, now.height);
}
