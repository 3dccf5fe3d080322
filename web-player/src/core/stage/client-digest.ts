/** One entry of RTCStatsReport (webrtc-stats), of which nothing is taken for granted. */
export interface StatsEntry {
  readonly id: string;
  readonly type: string;
}

/** What is told of one stream; counts are of the digest's own time. */
export type TrackDigest = Readonly<Record<string, string | number>>;

/** What the server takes as `stats`; `docs/signalling.md` says what each field is. */
export interface Digest {
  readonly seconds: number;
  readonly last?: true;
  readonly path: Readonly<Record<string, string | number>>;
  readonly tracks: readonly TrackDigest[];
}

const MOST_TRACKS = 32;
const LONGEST_ENCODER = 64;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Makes a digest of each look at getStats: known figures only, no address, no label, no name. A
 * first look has nothing to compare with, and gives none.
 */
export class DigestTaker {
  #before: ReadonlyMap<string, Fields> | null = null;
  #beforeMs = 0;

  take(entries: Iterable<StatsEntry>, nowMs: number, last = false): Digest | null {
    const now = new Map<string, Fields>();
    for (const entry of entries) {
      now.set(entry.id, entry as unknown as Fields);
    }
    const before = this.#before;
    const seconds = (nowMs - this.#beforeMs) / 1000;
    this.#before = now;
    this.#beforeMs = nowMs;
    if (!before || seconds <= 0) {
      return null;
    }
    const all = [...now.values()];
    const tracks = [
      ...all.filter((one) => one['type'] === 'outbound-rtp').map((one) => sent(one, before, now)),
      ...all
        .filter((one) => one['type'] === 'inbound-rtp')
        .map((one) => received(one, before, now)),
    ].filter((track) => track !== null);
    return {
      seconds: rounded(Math.min(seconds, 3600)),
      ...(last && { last }),
      path: pathOf(all, now),
      tracks: tracks.slice(0, MOST_TRACKS),
    };
  }
}

function pathOf(all: readonly Fields[], now: ReadonlyMap<string, Fields>): Digest['path'] {
  const transport = all.find((one) => one['type'] === 'transport');
  const pair =
    now.get(String(transport?.['selectedCandidatePairId'])) ??
    all.find((one) => one['type'] === 'candidate-pair' && one['selected'] === true) ??
    all.find((one) => one['type'] === 'candidate-pair' && one['nominated'] === true);
  const local = now.get(String(pair?.['localCandidateId']));
  const remote = now.get(String(pair?.['remoteCandidateId']));
  return known({
    local: oneOf(local?.['candidateType'], CANDIDATES),
    remote: oneOf(remote?.['candidateType'], CANDIDATES),
    protocol: oneOf(local?.['protocol'], PROTOCOLS),
    relay_protocol: oneOf(local?.['relayProtocol'], PROTOCOLS),
    rtt_ms: millis(pair?.['currentRoundTripTime']),
  });
}

const CANDIDATES = ['host', 'srflx', 'prflx', 'relay'];
const PROTOCOLS = ['udp', 'tcp', 'tls'];
const LIMITS = ['none', 'cpu', 'bandwidth', 'other'];

function sent(
  one: Fields,
  before: ReadonlyMap<string, Fields>,
  now: ReadonlyMap<string, Fields>,
): TrackDigest | null {
  const gone = since(one, before);
  const packets = gone('packetsSent');
  if (!packets) {
    return null; // A layer that rests, or a source that is switched off.
  }
  const report = now.get(String(one['remoteId']));
  const reported = report ? since(report, before) : () => undefined;
  return known({
    direction: 'up',
    kind: kindOf(one),
    rid: word(one['rid']),
    codec: codecOf(one, now),
    width: number(one['frameWidth']),
    height: number(one['frameHeight']),
    fps: number(one['framesPerSecond']),
    frames: gone('framesEncoded'),
    packets,
    lost: reported('packetsLost'),
    jitter_ms: millis(report?.['jitter']),
    limited: oneOf(one['qualityLimitationReason'], LIMITS),
    encoder: encoderOf(one['encoderImplementation']),
    retransmitted: gone('retransmittedPacketsSent'),
  });
}

function received(
  one: Fields,
  before: ReadonlyMap<string, Fields>,
  now: ReadonlyMap<string, Fields>,
): TrackDigest | null {
  const gone = since(one, before);
  const packets = gone('packetsReceived');
  const freezes = gone('freezeCount');
  if (!packets && !freezes) {
    return null; // A slot that shows nothing.
  }
  const left = gone('jitterBufferEmittedCount');
  const waited = gone('jitterBufferDelay');
  return known({
    direction: 'down',
    kind: kindOf(one),
    codec: codecOf(one, now),
    width: number(one['frameWidth']),
    height: number(one['frameHeight']),
    fps: number(one['framesPerSecond']),
    frames: gone('framesDecoded'),
    dropped: gone('framesDropped'),
    freezes,
    freeze_ms: millis(gone('totalFreezesDuration')),
    packets,
    lost: gone('packetsLost'),
    jitter_ms: millis(one['jitter']),
    buffer_ms: left && waited !== undefined ? millis(waited / left) : undefined,
    samples: gone('totalSamplesReceived'),
    concealed: gone('concealedSamples'),
    retransmitted: gone('retransmittedPacketsReceived'),
  });
}

/** How much a counter grew; one that shrank, as a loss that was repaired, did not. */
function since(
  one: Fields,
  before: ReadonlyMap<string, Fields>,
): (field: string) => number | undefined {
  const then = before.get(String(one['id']));
  return (field) => {
    const value = number(one[field]);
    return value === undefined ? undefined : Math.max(0, value - (number(then?.[field]) ?? 0));
  };
}

function kindOf(one: Fields): string {
  return one['kind'] === 'video' ? 'video' : 'audio';
}

/** `video/VP8` is told as `VP8`. */
function codecOf(one: Fields, now: ReadonlyMap<string, Fields>): string | undefined {
  const type = now.get(String(one['codecId']))?.['mimeType'];
  return typeof type === 'string' ? word(type.slice(type.indexOf('/') + 1)) : undefined;
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z0-9_.-]{1,16}$/.test(value) ? value : undefined;
}

function encoderOf(value: unknown): string | undefined {
  const text =
    typeof value === 'string'
      ? value.replace(/[^A-Za-z0-9 _.,()+/-]/g, ' ').slice(0, LONGEST_ENCODER)
      : '';
  return text.trim() || undefined;
}

function oneOf(value: unknown, words: readonly string[]): string | undefined {
  return words.find((one) => one === value);
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function millis(seconds: unknown): number | undefined {
  const value = number(seconds);
  return value === undefined ? undefined : Math.min(value * 1000, 3_600_000);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Without what is unknown, and no finer than a thousandth. */
function known(
  fields: Readonly<Record<string, string | number | undefined>>,
): Record<string, string | number> {
  const result: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) {
      result[name] = typeof value === 'number' ? rounded(value) : value;
    }
  }
  return result;
}
