/** What RFC 8216bis asks of one media playlist, of two that follow each other, and of several. */
import { allSegments, type Playlist, type Segment } from './playlist.ts';

/** Decimal places and milliseconds cannot say everything. */
const ROUNDING_S = 0.0015;
/** Less than this need not be told as missing where the program begins anew. */
const SEAM_S = 0.1;
/** Sound begins at the first frame after a cut. */
const SOUND_FRAME_S = 0.022;

export type Complain = (rule: string, detail: string) => void;

/** One list by itself. */
export function checkPlaylist(list: Playlist, complain: Complain): void {
  const { control, partTargetSeconds: partTarget, targetSeconds: target } = list;
  if (!(target > 0)) {
    complain('§4.4.3.1', 'no EXT-X-TARGETDURATION');
  }
  if (!list.ended) {
    least(control, 'PART-HOLD-BACK', 3 * partTarget, complain);
    least(control, 'HOLD-BACK', 3 * target, complain);
    least(control, 'CAN-SKIP-UNTIL', 6 * target, complain);
    if (control['CAN-BLOCK-RELOAD'] !== 'YES') {
      complain('§4.4.3.8', 'no CAN-BLOCK-RELOAD');
    }
    if (list.head.has('EXT-X-PLAYLIST-TYPE')) {
      complain('§6.2.2', 'a live list has an EXT-X-PLAYLIST-TYPE');
    }
    if (list.hints.length > 1) {
      complain('§6.2.6', `${list.hints.length} preload hints`);
    }
  } else if (list.hints.length + list.reports.length > 0) {
    complain('§6.2.2', 'a list that has ended announces more');
  }
  const segments = allSegments(list);
  segments.forEach((segment, index) => {
    checkSegment(list, segment, complain);
    const next = segments[index + 1];
    if (next) {
      follows(segment, next, complain);
    }
  });
}

function least(
  control: Readonly<Record<string, string>>,
  name: string,
  seconds: number,
  complain: Complain,
): void {
  if (!(Number(control[name]) >= seconds - 1e-9)) {
    complain('§4.4.3.8', `${name} is ${control[name]}, not at least ${seconds}`);
  }
}

function checkSegment(list: Playlist, segment: Segment, complain: Complain): void {
  const name = `segment ${segment.msn}`;
  if (segment.uri && !(segment.seconds > 0 && Math.round(segment.seconds) <= list.targetSeconds)) {
    complain('§6.2.1', `${name} lasts ${segment.seconds} s of ${list.targetSeconds}`);
  }
  if (segment.dateMs === null) {
    complain('§4.4.4.6', `${name} has no PROGRAM-DATE-TIME`);
  }
  if (!segment.map && list.skipped === 0) {
    complain('§4.4.4.5', `${name} has no EXT-X-MAP`);
  }
  segment.parts.forEach((part, index) => {
    const last = segment.uri !== '' && index === segment.parts.length - 1;
    const beforeGap = segment.parts[index + 1]?.gap ?? false;
    const short = part.seconds < 0.85 * list.partTargetSeconds;
    // The last part of what is being made may turn out to be the segment's last.
    const perhapsLast = segment.uri === '' && index === segment.parts.length - 1;
    if (part.seconds > list.partTargetSeconds + 1e-9) {
      complain('§4.4.3.7', `part ${part.uri} lasts ${part.seconds} s`);
    }
    if (short && !last && !perhapsLast && !part.independent && !beforeGap) {
      complain('§4.4.3.7', `part ${part.uri} lasts ${part.seconds} s only`);
    }
  });
  const sum = segment.parts.reduce((seconds, part) => seconds + part.seconds, 0);
  if (segment.uri && segment.parts.length > 0 && Math.abs(sum - segment.seconds) > ROUNDING_S) {
    complain('§4.4.4.9', `the parts of ${name} last ${sum} s, it ${segment.seconds} s`);
  }
}

/** Program time goes on from one segment to the next, over discontinuities too (§6.2.1). */
function follows(segment: Segment, next: Segment, complain: Complain): void {
  if (segment.dateMs === null || next.dateMs === null) {
    return;
  }
  const jump = (next.dateMs - segment.dateMs) / 1000 - segment.seconds;
  const overlaps = next.discontinuity && jump < 0 && -jump < Math.min(1, segment.seconds);
  const most = next.discontinuity ? SEAM_S + SOUND_FRAME_S : segment.gap ? SOUND_FRAME_S : 0;
  if (Math.abs(jump) > most + ROUNDING_S && !overlaps) {
    const at = `between segments ${segment.msn} and ${next.msn}`;
    complain('§6.2.1', `program time jumps by ${jump.toFixed(4)} s ${at}`);
  }
  if (next.discontinuity && next.map === segment.map && !next.gap) {
    complain('§4.4.4.3', `segment ${next.msn} is discontinuous, but has no header of its own`);
  }
}

/** A list and a later state of it: it only grows at its end and shrinks at its beginning. */
export function checkUpdate(before: Playlist, after: Playlist, complain: Complain): void {
  for (const name of ['EXT-X-TARGETDURATION', 'EXT-X-PART-INF', 'EXT-X-SERVER-CONTROL']) {
    if (before.head.get(name) !== after.head.get(name)) {
      complain('§6.2.1', `${name} changed to ${after.head.get(name)}`);
    }
  }
  if (after.mediaSequence < before.mediaSequence) {
    complain('§6.2.2', `media sequence ${before.mediaSequence} fell to ${after.mediaSequence}`);
  }
  if (before.ended && after.text !== before.text) {
    complain('§6.2.1', 'the list changed after its end');
  }
  const older = new Map(allSegments(before).map((segment) => [segment.msn, segment]));
  const newer = allSegments(after);
  const last = before.segments.at(-1);
  if (last && (newer.at(-1)?.msn ?? -1) < last.msn) {
    complain('§6.2.2', `segment ${last.msn} was the last and is gone`);
  }
  for (const segment of newer) {
    const known = older.get(segment.msn);
    if (known) {
      same(known, segment, complain);
    }
  }
  for (const range of before.dateRanges) {
    if (!after.dateRanges.includes(range) && after.mediaSequence === before.mediaSequence) {
      complain('§6.2.1', `date range ${range} is gone`);
    }
  }
}

function same(known: Segment, now: Segment, complain: Complain): void {
  const name = `segment ${now.msn}`;
  const facts = ({ dateMs, dsn, discontinuity, map }: Segment): string =>
    JSON.stringify({ dateMs, dsn, discontinuity, map });
  const whole = ({ uri, seconds, gap }: Segment): string => JSON.stringify({ uri, seconds, gap });
  if (facts(known) !== facts(now) || (known.uri && whole(known) !== whole(now))) {
    complain('§6.2.1', `${name} was ${facts(known)} and became ${facts(now)}`);
  }
  const partsLeft = known.uri !== '' && now.parts.length === 0;
  known.parts.forEach((part, index) => {
    if (!partsLeft && JSON.stringify(part) !== JSON.stringify(now.parts[index])) {
      complain('§6.2.1', `part ${part.uri} became ${JSON.stringify(now.parts[index])}`);
    }
  });
}

/** The same class in two renditions: what both have is alike (§6.2.4). */
export function checkRenditions(
  [one, a]: readonly [string, Playlist],
  [other, b]: readonly [string, Playlist],
  complain: Complain,
): void {
  for (const name of ['EXT-X-TARGETDURATION', 'EXT-X-SERVER-CONTROL']) {
    if (a.head.get(name) !== b.head.get(name)) {
      complain('§6.2.4', `${name} is not the same in ${one} and ${other}`);
    }
  }
  const ofA = new Map(a.segments.map((segment) => [segment.msn, segment]));
  for (const segment of b.segments) {
    const twin = ofA.get(segment.msn);
    if (!twin) {
      continue;
    }
    const between = `segment ${segment.msn} of ${one} and ${other}`;
    if (twin.dsn !== segment.dsn || twin.discontinuity !== segment.discontinuity) {
      complain('§6.2.4', `${between}: discontinuity ${twin.dsn} and ${segment.dsn}`);
    }
    // Where the program was cut short a frame of sound or a part may be missing.
    const seam = segment.discontinuity || segment.gap || twin.gap;
    const tolerance = seam ? 0.3 : ROUNDING_S;
    const apart = Math.abs((twin.dateMs ?? 0) - (segment.dateMs ?? 0)) / 1000;
    if (apart > tolerance) {
      complain('§6.2.4', `${between} begin ${apart} s apart`);
    }
  }
}
