import type { Visitor } from './browser.ts';
import { eventually } from './check.ts';

/** A script for a page: its peer connections can be asked. */
export const RECORDED = `
  window.peers = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration) {
      super(configuration);
      window.peers.push(this);
    }
  };`;

/** The page takes the proxy for the node. Goes behind {@link RECORDED}. */
export const behind = (port: number): string => `
  {
    const take = RTCPeerConnection.prototype.setRemoteDescription;
    RTCPeerConnection.prototype.setRemoteDescription = function (description) {
      let first = true;
      const sdp = description.sdp
        .split('\\r\\n')
        .filter((line) => !line.startsWith('a=candidate:') || (first && !(first = false)))
        .map((line) => line.startsWith('a=candidate:')
          ? 'a=candidate:1 1 udp 2130706431 127.0.0.1 ${port} typ host'
          : line)
        .join('\\r\\n');
      return take.call(this, { type: description.type, sdp });
    };
  }`;

/** What a browser's statistics say of what it receives, over all its slots, since it came. */
export interface Received {
  readonly frames: number;
  readonly keyFrames: number;
  readonly freezes: number;
  readonly frozenSeconds: number;
  readonly videoBytes: number;
  readonly videoPackets: number;
  readonly videoLost: number;
  readonly nacks: number;
  readonly retransmitted: number;
  readonly plis: number;
  /** Seconds that pictures waited before they were decoded, all added up. */
  readonly heldBack: number;
  readonly emitted: number;
  readonly audioPackets: number;
  readonly audioLost: number;
  readonly concealed: number;
  readonly samples: number;
}

/** The statistics that {@link Received} adds up, by their names there. */
const VIDEO = {
  frames: 'framesDecoded',
  keyFrames: 'keyFramesDecoded',
  freezes: 'freezeCount',
  frozenSeconds: 'totalFreezesDuration',
  videoBytes: 'bytesReceived',
  videoPackets: 'packetsReceived',
  videoLost: 'packetsLost',
  nacks: 'nackCount',
  retransmitted: 'retransmittedPacketsReceived',
  plis: 'pliCount',
  heldBack: 'jitterBufferDelay',
  emitted: 'jitterBufferEmittedCount',
};
const AUDIO = {
  audioPackets: 'packetsReceived',
  audioLost: 'packetsLost',
  concealed: 'concealedSamples',
  samples: 'totalSamplesReceived',
};

export async function received(visitor: Visitor): Promise<Received> {
  return visitor.page.evaluate(
    async ([video, audio]) => {
      const { peers } = window as unknown as { peers: RTCPeerConnection[] };
      const sum: Record<string, number> = {};
      for (const peer of peers.filter(({ connectionState }) => connectionState !== 'closed')) {
        for (const entry of (await peer.getStats()).values() as Iterable<Record<string, unknown>>) {
          if (entry['type'] !== 'inbound-rtp') {
            continue;
          }
          const number = (name: string): number => Number(entry[name] ?? 0);
          for (const [as, name] of Object.entries(entry['kind'] === 'video' ? video : audio)) {
            sum[as] = (sum[as] ?? 0) + number(name);
          }
          if (entry['kind'] === 'audio') {
            sum['concealed']! -= number('silentConcealedSamples');
          }
        }
      }
      return sum;
    },
    [VIDEO, AUDIO] as const,
  ) as unknown as Promise<Received>;
}

/** What came between two moments. */
export function between(before: Received, after: Received): Received {
  const change = Object.entries(after).map(([name, value]) => [
    name,
    Number(value) - Number(before[name as keyof Received] ?? 0),
  ]);
  return Object.fromEntries(change) as Received;
}

/** The height of the picture that came last; 0 before the first. */
export async function height(visitor: Visitor): Promise<number> {
  return visitor.page.evaluate(async () => {
    const { peers } = window as unknown as { peers: RTCPeerConnection[] };
    const found = { height: 0, at: 0 };
    (await peers.at(-1)?.getStats())?.forEach((report) => {
      const at = report.lastPacketReceivedTimestamp ?? 0;
      if (report.type === 'inbound-rtp' && report.kind === 'video' && at > found.at) {
        found.height = report.frameHeight ?? 0;
        found.at = at;
      }
    });
    return found.height;
  });
}

/** Waits until ten more pictures were decoded. */
export async function growing(visitor: Visitor): Promise<void> {
  const { frames } = await received(visitor);
  await eventually(`${visitor.name} sees new pictures`, async () => {
    const now = (await received(visitor)).frames;
    return now > frames + 10 ? true : { notYet: `${now - frames} more` };
  });
}

/** One line for a table. */
export function inWords(during: Received, seconds: number): string {
  const percent = (part: number, whole: number): string =>
    `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
  return [
    `${during.frames} pictures in ${seconds.toFixed(0)} s`,
    `${Math.round((during.videoBytes * 8) / 1000 / seconds)} kbit/s`,
    `${during.freezes} freezes, ${percent(during.frozenSeconds, seconds)} of the time`,
    `lost ${percent(during.videoLost, during.videoLost + during.videoPackets)} of the picture's packets`,
    `${during.nacks} asked again, ${during.retransmitted} came again`,
    `${during.plis} key frames asked`,
    `held back ${Math.round((1000 * during.heldBack) / Math.max(1, during.emitted))} ms`,
    `sound made up ${percent(during.concealed, during.samples)}`,
  ].join('; ');
}
