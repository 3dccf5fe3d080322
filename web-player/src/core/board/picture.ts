/** A rectangle in CSS pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Extent {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The shape of the sheet that is there when nobody shows a picture. */
export const SHEET: Extent = { width: 16, height: 9 };

/** Where a picture lies in a box that shows it whole (`object-fit: contain`). */
export function pictureIn(box: Extent, picture: Extent): Rect {
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: (box.width - width) / 2, y: (box.height - height) / 2, width, height };
}

/**
 * A place in the box as fractions of the picture, so that it is the same place of the picture
 * whatever the size and the bars of somebody else's box; outside of the picture its nearest edge.
 */
export function toFraction({ x, y }: Point, picture: Rect): Point {
  return {
    x: picture.width > 0 ? clamp((x - picture.x) / picture.width) : 0,
    y: picture.height > 0 ? clamp((y - picture.y) / picture.height) : 0,
  };
}

/** The place in the box of a point given in fractions of the picture. */
export function fromFraction({ x, y }: Point, picture: Rect): Point {
  return { x: picture.x + x * picture.width, y: picture.y + y * picture.height };
}

export function isInside({ x, y }: Point, rect: Rect): boolean {
  return x >= rect.x && y >= rect.y && x <= rect.x + rect.width && y <= rect.y + rect.height;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
