import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServerMessage } from '../core/signal/messages.ts';
import { StagePeer } from './stage-peer.ts';

interface FakeTransceiver {
  mid: string | null;
  readonly receiver: { readonly track: object };
  readonly sender: FakeSender;
}

/** Keeps its layers as a browser does. */
class FakeSender {
  constructor(public encodings: RTCRtpEncodingParameters[] = []) {}
  replaceTrack(): Promise<void> {
    return Promise.resolve();
  }
  getParameters(): { encodings: RTCRtpEncodingParameters[] } {
    return { encodings: this.encodings.map((encoding) => ({ ...encoding })) };
  }
  setParameters({ encodings }: { encodings: RTCRtpEncodingParameters[] }): Promise<void> {
    this.encodings = encodings;
    return Promise.resolve();
  }
}

/** A browser's peer connection as far as negotiation goes; no packet flows. */
class FakeConnection extends EventTarget {
  static last: FakeConnection;
  connectionState = 'new';
  signalingState = 'stable';
  localDescription: { sdp: string } | null = null;
  readonly restarts: boolean[] = [];
  readonly transceivers: FakeTransceiver[] = [];
  #fresh: FakeTransceiver[] = [];

  constructor() {
    super();
    FakeConnection.last = this;
  }
  createDataChannel(): EventTarget {
    return new EventTarget();
  }
  addTransceiver(_: unknown, init: RTCRtpTransceiverInit = {}): FakeTransceiver {
    const sender = new FakeSender(init.sendEncodings);
    const made = { mid: null, receiver: { track: {} }, sender };
    this.transceivers.push(made);
    return made;
  }
  createOffer(options: { iceRestart: boolean }): Promise<{ type: string; sdp: string }> {
    this.restarts.push(options.iceRestart);
    return Promise.resolve({ type: 'offer', sdp: 'v=0' });
  }
  setLocalDescription(description: { type: string; sdp: string }): Promise<void> {
    if (description.type === 'rollback') {
      this.signalingState = 'stable';
      this.#fresh.forEach((transceiver) => (transceiver.mid = null));
    } else {
      this.signalingState = 'have-local-offer';
      this.localDescription = description;
      this.#fresh = this.transceivers.filter((transceiver) => transceiver.mid === null);
      this.#fresh.forEach(
        (transceiver) => (transceiver.mid = String(this.transceivers.indexOf(transceiver))),
      );
    }
    return Promise.resolve();
  }
  setRemoteDescription(): Promise<void> {
    this.signalingState = 'stable';
    return Promise.resolve();
  }
  close(): void {
    this.signalingState = 'closed';
  }
  become(state: string): void {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }
}

describe('StagePeer', () => {
  let sent: { type: string; fields: Readonly<Record<string, unknown>> }[];
  let refuses: (type: string, fields: Readonly<Record<string, unknown>>) => boolean;
  let shows: (fields: Readonly<Record<string, unknown>>) => unknown;
  let browser: EventTarget;
  let peer: StagePeer;
  let connection: FakeConnection;

  beforeEach(() => {
    vi.useFakeTimers();
    browser = new EventTarget();
    vi.stubGlobal('window', browser);
    vi.stubGlobal('navigator', { connection: browser });
    vi.stubGlobal('RTCPeerConnection', FakeConnection);
    vi.stubGlobal('MediaStream', class {});
    sent = [];
    refuses = () => false;
    shows = (fields) => fields['subscribe'];
    peer = new StagePeer((type, fields = {}) => {
      sent.push({ type, fields });
      return refuses(type, fields)
        ? Promise.reject(new Error('429'))
        : Promise.resolve({
            type: 'ok',
            n: 1,
            answer: 'v=0',
            tracks: shows(fields),
          } as unknown as ServerMessage);
    });
    connection = FakeConnection.last;
  });

  afterEach(() => {
    peer.close();
    expect(vi.getTimerCount()).toBe(0);
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
  const count = (type: string): number => sent.filter((one) => one.type === type).length;
  const video = (id: string) => ({ id, kind: 'video' as const });

  it('restarts ICE again and again while the server refuses, and stops when connected', async () => {
    connection.become('connected');
    refuses = () => true;
    connection.become('failed');
    await pass(0);
    expect(connection.restarts).toEqual([true]);
    await pass(1_000);
    await pass(2_000);
    expect(connection.restarts).toEqual([true, true, true]);
    refuses = () => false;
    await pass(4_000);
    expect(connection.restarts).toEqual([true, true, true, true]);
    connection.become('connected');
    await pass(60_000);
    expect(connection.restarts).toHaveLength(4);
  });

  it('looks for a new path a second after the old one fell silent', async () => {
    connection.become('connected');
    connection.become('disconnected');
    await pass(999);
    expect(connection.restarts).toEqual([]);
    await pass(1);
    expect(connection.restarts).toEqual([true]);
  });

  it('says again at which size it shows a picture, when that was refused', async () => {
    refuses = (type) => type === 'view';
    peer.want([video('v1')]);
    await pass(250);
    expect(count('view')).toBe(1);
    refuses = () => false;
    await pass(1_000);
    expect(count('view')).toBe(2);
    await pass(60_000);
    expect(count('view')).toBe(2);
  });

  it('fills a slot anew that stayed empty, as long as its track is wanted', async () => {
    shows = () => ({});
    peer.want([video('v1')]);
    await pass(0);
    expect(peer.streams.value.has('v1')).toBe(false);
    await pass(1_000);
    expect(sent.at(-1)).toEqual({ type: 'subscribe', fields: { mid: '0', track: 'v1' } });
    expect(peer.streams.value.has('v1')).toBe(true);
    shows = () => ({});
    peer.want([]);
    await pass(60_000);
    expect(count('subscribe')).toBe(2);
  });

  it('does not wait when the network is back', async () => {
    connection.become('disconnected');
    browser.dispatchEvent(new Event('online'));
    await pass(150);
    expect(connection.restarts).toEqual([true]);
  });

  it('asks once for a new path in another network, though the old one seems well', async () => {
    connection.become('connected');
    browser.dispatchEvent(new Event('change'));
    await pass(2_000);
    expect(connection.restarts).toEqual([]);
    browser.dispatchEvent(new Event('online'));
    await pass(20_000);
    expect(connection.restarts).toEqual([true]);
  });

  it('asks for no restart once one was answered', async () => {
    connection.become('failed');
    await pass(0);
    connection.become('connected');
    peer.want([video('a')]);
    await pass(0);
    expect(connection.restarts).toEqual([true, false]);
  });

  it('puts a restart that was refused into the next offer, whatever that is for', async () => {
    refuses = () => true;
    connection.become('failed');
    await pass(0);
    refuses = () => false;
    peer.want([video('a')]);
    await pass(0);
    expect(connection.restarts).toEqual([true, true]);
  });

  it('shows a track in the end though its change was refused', async () => {
    peer.want([video('a'), video('b')]);
    await pass(0);
    expect([...peer.streams.value.keys()]).toEqual(['a', 'b']);
    refuses = (type, fields) => type === 'subscribe' && fields['track'] === 'd';
    peer.want([video('c'), video('d')]);
    await pass(0);
    expect(count('subscribe')).toBe(2);
    expect([...peer.streams.value.keys()]).toEqual(['c', 'b']);
    refuses = () => false;
    await pass(1_000);
    expect(count('subscribe')).toBe(3);
    expect(sent.findLast((one) => one.type === 'subscribe')?.fields).toEqual({
      mid: '1',
      track: 'd',
    });
    expect([...peer.streams.value.keys()]).toEqual(['c', 'd']);
  });

  it('offers the same slot again when its offer was refused', async () => {
    refuses = (type) => type === 'offer';
    peer.want([video('a')]);
    await pass(0);
    expect(peer.streams.value.size).toBe(0);
    refuses = () => false;
    await pass(1_000);
    expect(count('offer')).toBe(2);
    expect(connection.transceivers).toHaveLength(1);
    expect([...peer.streams.value.keys()]).toEqual(['a']);
  });

  const camera = (width: number, height: number): MediaStreamTrack =>
    ({ contentHint: '', getSettings: () => ({ width, height }) }) as unknown as MediaStreamTrack;

  it('offers a source again whose offer was refused, though nobody comes', async () => {
    refuses = (type) => type === 'offer';
    await expect(peer.publish('camera', camera(640, 360))).rejects.toThrow('429');
    refuses = () => false;
    await pass(1_000);
    expect(count('offer')).toBe(2);
    expect(sent.at(-1)?.fields['publish']).toEqual({ '0': 'camera' });
    await pass(60_000);
    expect(count('offer')).toBe(2);
  });

  it('fits the layers to another camera, and those that rest go on resting', async () => {
    await peer.publish('camera', camera(640, 360));
    peer.activate('0', { h: true, f: false });
    await peer.replace('camera', camera(320, 240));
    const [small, large] = connection.transceivers[0]?.sender.encodings ?? [];
    expect(small).toMatchObject({
      rid: 'h',
      active: true,
      scaleResolutionDownTo: { maxWidth: 160, maxHeight: 120 },
    });
    expect(large).toMatchObject({
      rid: 'f',
      active: false,
      scaleResolutionDownTo: { maxWidth: 320, maxHeight: 240 },
    });
  });

  it('names a pause once it has lasted, and no shorter one', async () => {
    peer.want([video('a')]);
    await pass(0);
    const mid = connection.transceivers[0]?.mid ?? 'none';
    peer.pause(mid, true);
    await pass(5_000);
    peer.pause(mid, false);
    await pass(10_000);
    expect([...peer.paused.value]).toEqual([]);
    peer.pause(mid, true);
    await pass(6_000);
    expect([...peer.paused.value]).toEqual(['a']);
    peer.pause(mid, false);
    expect([...peer.paused.value]).toEqual([]);
  });

  it('does nothing any more once it is closed', async () => {
    refuses = () => true;
    connection.become('failed');
    await pass(0);
    peer.close();
    browser.dispatchEvent(new Event('online'));
    await pass(60_000);
    expect(connection.restarts).toHaveLength(1);
  });
});
