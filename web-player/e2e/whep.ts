import type { Visitor } from './browser.ts';
import { eventually } from './check.ts';

const WINDOW_MS = 3_000;

/** What a browser receives of the program, as a page of a few lines sees it. */
export interface Watching {
  readonly width: number;
  readonly framesPerSecond: number;
  readonly soundSamples: number;
}

/** Opens a WHEP session (draft-ietf-wish-whep) in the visitor's page and shows it there. */
export async function watchByWhep(
  { page }: Visitor,
  endpoint: string,
  token?: string,
): Promise<{ shown: string; session: string }> {
  return page.evaluate(
    async ({ endpoint, token }) => {
      const peer = new RTCPeerConnection();
      const video = document.createElement('video');
      video.id = 'whep';
      video.autoplay = true;
      video.muted = true;
      video.srcObject = new MediaStream();
      document.body.replaceChildren(video);
      peer.ontrack = ({ track }) => (video.srcObject as MediaStream).addTrack(track);
      peer.addTransceiver('video', { direction: 'recvonly' });
      peer.addTransceiver('audio', { direction: 'recvonly' });
      await peer.setLocalDescription();
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/sdp',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: peer.localDescription?.sdp ?? '',
      });
      const body = await answer.text();
      if (answer.status !== 201) {
        throw new Error(`WHEP answers ${answer.status}: ${body}`);
      }
      await peer.setRemoteDescription({ type: 'answer', sdp: body });
      Object.assign(window, { whep: peer });
      return {
        shown: answer.headers.get('amphi-program') ?? '',
        session: new URL(answer.headers.get('location') ?? '', answer.url).href,
      };
    },
    { endpoint, token },
  );
}

/**
 * Restarts ICE by PATCH (RFC 9725 §4.3.3): credentials travel, nothing else does. Resolves when the
 * browser has a working pair with the server's new credentials.
 */
export async function restartIce({ page }: Visitor, session: string): Promise<void> {
  await page.evaluate(async (session) => {
    const { whep } = window as unknown as { whep: RTCPeerConnection };
    const answered = whep.remoteDescription?.sdp ?? '';
    whep.restartIce();
    await whep.setLocalDescription();
    const line = (sdp: string, name: string): string =>
      new RegExp(`^a=${name}:.*$`, 'm').exec(sdp)?.[0].trim() ?? '';
    const offered = whep.localDescription?.sdp ?? '';
    const answer = await fetch(session, {
      method: 'PATCH',
      headers: { 'content-type': 'application/trickle-ice-sdpfrag', 'if-match': '*' },
      body: `${line(offered, 'ice-ufrag')}\r\n${line(offered, 'ice-pwd')}\r\n`,
    });
    const fragment = await answer.text();
    if (answer.status !== 200) {
      throw new Error(`PATCH answers ${answer.status}: ${fragment}`);
    }
    const ufrag = line(fragment, 'ice-ufrag');
    if (answered.includes(ufrag)) {
      throw new Error(`The server did not change its credentials: ${ufrag}`);
    }
    const connected = new Promise<void>((resolve, reject) => {
      setTimeout(() => reject(new Error(`ICE is ${whep.iceConnectionState}`)), 20_000);
      const look = (): void => {
        const state = whep.iceConnectionState;
        if (state === 'connected' || state === 'completed') {
          resolve();
        } else {
          setTimeout(look, 50);
        }
      };
      setTimeout(look, 50);
    });
    await whep.setRemoteDescription({
      type: 'answer',
      sdp: answered
        .replaceAll(/^a=ice-ufrag:.*$/gm, ufrag)
        .replaceAll(/^a=ice-pwd:.*$/gm, line(fragment, 'ice-pwd')),
    });
    await connected;
  }, session);
}

/**
 * Waits until the picture moves at a rate, over three seconds, and is as wide as that; says what is
 * received. A path whose bandwidth is not known yet may be shown a smaller picture first.
 */
export async function moving(
  { page }: Visitor,
  leastFramesPerSecond: number,
  leastWidth: number,
): Promise<Watching> {
  return eventually<Watching>(
    `the program at ${leastFramesPerSecond} frames a second of ${leastWidth} pixels`,
    async () => {
      const seen = await page.evaluate(async (windowMs) => {
        const { whep } = window as unknown as { whep: RTCPeerConnection };
        const inbound = async (kind: string): Promise<Record<string, number>> => {
          const stats = [...(await whep.getStats()).values()] as Record<string, unknown>[];
          const found = stats.find((one) => one['type'] === 'inbound-rtp' && one['kind'] === kind);
          return (found ?? {}) as Record<string, number>;
        };
        const before = await inbound('video');
        const from = performance.now();
        await new Promise((resolve) => setTimeout(resolve, windowMs));
        const after = await inbound('video');
        const frames = (after['framesDecoded'] ?? 0) - (before['framesDecoded'] ?? 0);
        return {
          width: after['frameWidth'] ?? 0,
          framesPerSecond: (frames * 1000) / (performance.now() - from),
          soundSamples: (await inbound('audio'))['totalSamplesReceived'] ?? 0,
        };
      }, WINDOW_MS);
      return seen.framesPerSecond >= leastFramesPerSecond && seen.width >= leastWidth
        ? seen
        : { notYet: `${seen.framesPerSecond.toFixed(1)} frames a second of ${seen.width} pixels` };
    },
  );
}
