/** The little of ISO 14496-12 that tells what times the samples of a fragment have. */

export interface Fragment {
  /** tfdt. */
  readonly decodeTicks: number;
  readonly durationTicks: number;
  readonly samples: number;
  /** Whether the first sample is a sync sample. */
  readonly sync: boolean;
}

interface Box {
  readonly type: string;
  readonly body: DataView;
}

function boxes(view: DataView): Box[] {
  const found: Box[] = [];
  for (let at = 0; at < view.byteLength;) {
    const size = view.getUint32(at);
    const type = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));
    // Of a list of pictures only the first bytes of an mdat are fetched.
    const there = type === 'mdat' ? Math.min(size, view.byteLength - at) : size;
    if (size < 8 || at + there > view.byteLength) {
      throw new Error(`the box ${type} of ${size} bytes does not fit at ${at}`);
    }
    found.push({ type, body: new DataView(view.buffer, view.byteOffset + at + 8, there - 8) });
    at += size;
  }
  return found;
}

function child(view: DataView, ...path: string[]): DataView {
  let here = view;
  for (const type of path) {
    const found = boxes(here).find((box) => box.type === type);
    if (!found) {
      throw new Error(`there is no ${path.join('/')}`);
    }
    here = found.body;
  }
  return here;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The timescale of a header's only track. */
export function timescaleOf(header: Uint8Array): number {
  const mdhd = child(viewOf(header), 'moov', 'trak', 'mdia', 'mdhd');
  return mdhd.getUint32(mdhd.getUint8(0) === 1 ? 20 : 12);
}

/** Every fragment of a part or of a segment, in order. */
export function fragments(bytes: Uint8Array): Fragment[] {
  return boxes(viewOf(bytes))
    .filter(({ type }) => type === 'moof')
    .map(({ body }) => fragment(child(body, 'traf')));
}

const NON_SYNC = 0x10000;

function fragment(traf: DataView): Fragment {
  const tfdt = child(traf, 'tfdt');
  const decodeTicks = Number(tfdt.getUint8(0) === 1 ? tfdt.getBigUint64(4) : tfdt.getUint32(4));
  const tfhd = child(traf, 'tfhd');
  const flags = tfhd.getUint32(0) & 0xffffff;
  let at = 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0);
  const defaultTicks = flags & 8 ? tfhd.getUint32(at) : 0;
  at += (flags & 8 ? 4 : 0) + (flags & 16 ? 4 : 0);
  const defaultFlags = flags & 32 ? tfhd.getUint32(at) : 0;
  return { decodeTicks, ...run(child(traf, 'trun'), defaultTicks, defaultFlags) };
}

function run(
  trun: DataView,
  defaultTicks: number,
  defaultFlags: number,
): Omit<Fragment, 'decodeTicks'> {
  const flags = trun.getUint32(0) & 0xffffff;
  const samples = trun.getUint32(4);
  let at = 8 + (flags & 1 ? 4 : 0);
  let first = defaultFlags;
  if (flags & 4) {
    first = trun.getUint32(at);
    at += 4;
  }
  let durationTicks = 0;
  for (let sample = 0; sample < samples; sample++) {
    durationTicks += flags & 0x100 ? trun.getUint32(at) : defaultTicks;
    at += (flags & 0x100 ? 4 : 0) + (flags & 0x200 ? 4 : 0);
    if (flags & 0x400) {
      first = sample === 0 ? trun.getUint32(at) : first;
      at += 4;
    }
    at += flags & 0x800 ? 4 : 0;
  }
  return { samples, durationTicks, sync: (first & NON_SYNC) === 0 };
}
