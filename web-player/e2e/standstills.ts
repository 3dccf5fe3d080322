import type { Visitor } from './browser.ts';

/** A time in which the picture stood still for longer than a freeze takes to be one. */
export interface Standstill {
  /** From one shown picture to the next. */
  readonly milliseconds: number;
  /** How much of it the camera's own coder was late, by the pictures' timestamps. */
  readonly sourceMs: number;
  /** How much of it the page or the link stood still as a whole, for lack of a processor. */
  readonly machineMs: number;
}

interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
  readonly ticks: number;
}

interface Pause {
  readonly fromMs: number;
  readonly toMs: number;
}

const TICK_MS = 20;
const LATE_MS = 40;
const VIDEO_CLOCK_KHZ = 90;
/** As browsers count: a gap is a freeze that is 150 ms longer than the usual one, or three times. */
const FREEZE_MS = 150;

/** Writes down when this process stood still; the links run in it. */
const pauses: Pause[] = [];
let tick = epochNow();
setInterval(() => {
  const now = epochNow();
  if (now - tick > LATE_MS) {
    pauses.push({ fromMs: tick + TICK_MS, toMs: now });
  }
  tick = now;
}, TICK_MS).unref();

function epochNow(): number {
  return performance.timeOrigin + performance.now();
}

/** Has a page write down the gaps between the pictures of somebody's tile, and its own pauses. */
export async function watchGaps(visitor: Visitor, whose: string): Promise<void> {
  await visitor.page
    .locator('amphi-tile')
    .filter({ hasText: whose })
    .locator('video')
    .first()
    .evaluate(
      (element, { tickMs, lateMs }) => {
        const video = element as HTMLVideoElement;
        const seen = { gaps: [] as Gap[], pauses: [] as Pause[] };
        Object.assign(window, { standstills: seen });
        const now = (): number => performance.timeOrigin + performance.now();
        let last = { atMs: 0, ticks: 0 };
        const shown = (_: number, frame: VideoFrameCallbackMetadata): void => {
          const atMs = performance.timeOrigin + frame.presentationTime;
          const ticks = frame.rtpTimestamp ?? 0;
          if (last.atMs > 0) {
            seen.gaps.push({ fromMs: last.atMs, toMs: atMs, ticks: (ticks - last.ticks) >>> 0 });
          }
          last = { atMs, ticks };
          video.requestVideoFrameCallback(shown);
        };
        video.requestVideoFrameCallback(shown);
        let tick = now();
        setInterval(() => {
          const at = now();
          if (at - tick > lateMs) {
            seen.pauses.push({ fromMs: tick + tickMs, toMs: at });
          }
          tick = at;
        }, tickMs);
      },
      { tickMs: TICK_MS, lateMs: LATE_MS },
    );
}

/** How long after a cut the standstill ended that it made; undefined while it lasts. */
export async function shownAgain(visitor: Visitor, cutMs: number): Promise<number | undefined> {
  const gaps = await visitor.page.evaluate(() => {
    const { standstills } = window as unknown as { standstills: { gaps: Gap[] } };
    return standstills.gaps;
  });
  // What was under way at the cut is still shown for a moment.
  const after = gaps.filter(({ toMs }) => toMs > cutMs);
  const longest = after.reduce<Gap | undefined>(
    (most, gap) => (!most || gap.toMs - gap.fromMs > most.toMs - most.fromMs ? gap : most),
    undefined,
  );
  const seconds = (performance.timeOrigin + performance.now() - cutMs) / 1000;
  const stood = longest && longest.toMs - longest.fromMs > 500;
  return stood ? longest.toMs - cutMs : longest && seconds > 5 && after.length > 50 ? 0 : undefined;
}

/** The standstills since this was asked last. */
export async function standstills(visitor: Visitor): Promise<Standstill[]> {
  const seen = await visitor.page.evaluate(() => {
    const { standstills } = window as unknown as {
      standstills: { gaps: Gap[]; pauses: Pause[] };
    };
    return { gaps: standstills.gaps.splice(0), pauses: standstills.pauses.splice(0) };
  });
  const stood = merged([...seen.pauses, ...pauses.splice(0)]);
  const usual = seen.gaps.reduce((sum, gap) => sum + gap.toMs - gap.fromMs, 0) / seen.gaps.length;
  return seen.gaps
    .filter(({ fromMs, toMs }) => toMs - fromMs > Math.max(3 * usual, usual + FREEZE_MS))
    .map(({ fromMs, toMs, ticks }) => ({
      milliseconds: toMs - fromMs,
      sourceMs: Math.max(0, ticks / VIDEO_CLOCK_KHZ - usual),
      machineMs: stood.reduce(
        (sum, one) => sum + Math.max(0, Math.min(toMs, one.toMs) - Math.max(fromMs, one.fromMs)),
        0,
      ),
    }));
}

/** Those that are left when what the camera and the machine did is taken off. */
export function byTheLink(all: readonly Standstill[]): number[] {
  return all
    .map(({ milliseconds, sourceMs, machineMs }) => milliseconds - sourceMs - machineMs)
    .filter((milliseconds) => milliseconds > FREEZE_MS);
}

/** Overlapping pauses as one. */
function merged(all: readonly Pause[]): Pause[] {
  const one: Pause[] = [];
  for (const pause of [...all].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = one.at(-1);
    if (last && pause.fromMs <= last.toMs) {
      one[one.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, pause.toMs) };
    } else {
      one.push(pause);
    }
  }
  return one;
}
