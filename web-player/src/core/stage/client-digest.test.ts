import { describe, expect, it } from 'vitest';
import { DigestTaker, type StatsEntry } from './client-digest.ts';

/** As Chromium gives them, with more than the digest may tell. */
function look(at: number): StatsEntry[] {
  const n = at / 10;
  return [
    { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
    {
      id: 'P',
      type: 'candidate-pair',
      localCandidateId: 'L',
      remoteCandidateId: 'R',
      currentRoundTripTime: 0.0415,
    },
    {
      id: 'L',
      type: 'local-candidate',
      candidateType: 'relay',
      protocol: 'udp',
      relayProtocol: 'tls',
      address: '192.0.2.7',
      url: 'turns:turn.example.org',
    },
    { id: 'R', type: 'remote-candidate', candidateType: 'host', address: '198.51.100.1' },
    { id: 'C', type: 'codec', mimeType: 'video/VP8' },
    {
      id: 'O',
      type: 'outbound-rtp',
      kind: 'video',
      rid: 'h',
      codecId: 'C',
      remoteId: 'RI',
      ssrc: 1234,
      frameWidth: 640,
      frameHeight: 360,
      framesPerSecond: 30,
      framesEncoded: 300 * n,
      packetsSent: 900 * n,
      retransmittedPacketsSent: 2 * n,
      qualityLimitationReason: 'bandwidth',
      encoderImplementation: 'SimulcastEncoderAdapter (libvpx, libvpx) <ada@home>',
    },
    { id: 'RI', type: 'remote-inbound-rtp', packetsLost: 3 * n, jitter: 0.0025 },
    { id: 'O2', type: 'outbound-rtp', kind: 'video', rid: 'f', packetsSent: 5 },
    {
      id: 'I',
      type: 'inbound-rtp',
      kind: 'video',
      trackIdentifier: 'a label',
      framesPerSecond: 29,
      framesDecoded: 290 * n,
      framesDropped: n,
      freezeCount: 2 * n,
      totalFreezesDuration: 0.7 * n,
      packetsReceived: 800 * n,
      packetsLost: -1 * n,
      jitter: 0.003,
      jitterBufferDelay: 18 * n,
      jitterBufferEmittedCount: 300 * n,
    },
    {
      id: 'A',
      type: 'inbound-rtp',
      kind: 'audio',
      packetsReceived: 500 * n,
      totalSamplesReceived: 480_000 * n,
      concealedSamples: 960 * n,
    },
    { id: 'E', type: 'inbound-rtp', kind: 'audio', packetsReceived: 0 },
  ] as unknown as StatsEntry[];
}

describe('the digest of getStats', () => {
  it('tells what happened since the look before, and nothing that names anybody', () => {
    const taker = new DigestTaker();

    expect(taker.take(look(10), 10_000)).toBeNull();
    expect(taker.take(look(20), 20_000)).toEqual({
      seconds: 10,
      path: {
        local: 'relay',
        remote: 'host',
        protocol: 'udp',
        relay_protocol: 'tls',
        rtt_ms: 41.5,
      },
      tracks: [
        {
          direction: 'up',
          kind: 'video',
          rid: 'h',
          codec: 'VP8',
          width: 640,
          height: 360,
          fps: 30,
          frames: 300,
          packets: 900,
          lost: 3,
          jitter_ms: 2.5,
          limited: 'bandwidth',
          encoder: 'SimulcastEncoderAdapter (libvpx, libvpx)  ada home',
          retransmitted: 2,
        },
        {
          direction: 'down',
          kind: 'video',
          fps: 29,
          frames: 290,
          dropped: 1,
          freezes: 2,
          freeze_ms: 700,
          packets: 800,
          jitter_ms: 3,
          buffer_ms: 60,
        },
        {
          direction: 'down',
          kind: 'audio',
          packets: 500,
          samples: 480_000,
          concealed: 960,
        },
      ],
    });
  });

  it('says at the end that it is the last, of however long there was', () => {
    const taker = new DigestTaker();
    taker.take(look(10), 10_000);

    expect(taker.take(look(13), 13_250, true)).toMatchObject({ seconds: 3.25, last: true });
  });

  it('tells of no more streams than the server takes, and knows an empty report', () => {
    const many = (at: number): StatsEntry[] =>
      Array.from({ length: 50 }, (_, i) => ({
        id: `I${i}`,
        type: 'inbound-rtp',
        packetsReceived: at,
      }));
    const taker = new DigestTaker();
    taker.take(many(1), 1_000);

    expect(taker.take(many(2), 2_000)?.tracks).toHaveLength(32);
    expect(taker.take([], 3_000)).toEqual({ seconds: 1, path: {}, tracks: [] });
  });
});
