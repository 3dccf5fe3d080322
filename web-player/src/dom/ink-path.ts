import { getStroke } from 'perfect-freehand';
import { fromFraction, type Rect } from '../core/board/picture.ts';
import type { Stroke } from '../core/board/strokes.ts';

/** Of the picture's width: readable on a phone, not in the way on a beamer. */
const WIDTH = 0.0075;
const THINNEST_PX = 3.5;

interface Drawn {
  readonly rect: Rect;
  readonly path: Path2D;
}

const drawn = new WeakMap<Stroke, Drawn>();

/** The outline of a stroke on a picture that lies at `rect`; kept while neither changes. */
export function inkPath(stroke: Stroke, rect: Rect): Path2D {
  const known = drawn.get(stroke);
  if (known && same(known.rect, rect)) {
    return known.path;
  }
  const path = outline(stroke, rect);
  drawn.set(stroke, { rect, path });
  return path;
}

function outline({ points, done }: Stroke, rect: Rect): Path2D {
  const at: [number, number][] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const { x, y } = fromFraction({ x: points[i]!, y: points[i + 1]! }, rect);
    at.push([x, y]);
  }
  const polygon = getStroke(at, {
    size: Math.max(THINNEST_PX, WIDTH * rect.width),
    thinning: 0.3,
    smoothing: 0.6,
    streamline: 0.35,
    last: done,
  }) as [number, number][];
  return smooth(polygon);
}

/** A closed curve through the middles of a polygon's sides. */
function smooth(polygon: readonly [number, number][]): Path2D {
  const path = new Path2D();
  const [first] = polygon;
  const last = polygon.at(-1);
  if (!first || !last) {
    return path;
  }
  path.moveTo((last[0] + first[0]) / 2, (last[1] + first[1]) / 2);
  polygon.forEach(([x, y], i) => {
    const [nextX, nextY] = polygon[(i + 1) % polygon.length]!;
    path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
  });
  path.closePath();
  return path;
}

function same(a: Rect, b: Rect): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
