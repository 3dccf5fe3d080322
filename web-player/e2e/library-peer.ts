import { setTimeout as pause } from 'node:timers/promises';
import { PeerConnection, WebSocket, type DataChannel } from 'node-datachannel';
import { eventually } from './check.ts';

/**
 * A participant that is no browser: libdatachannel, whose SCTP is usrsctp. It comes on stage with
 * one channel for strokes.
 */
export class LibraryPeer {
  /** The numbers of the parts of strokes that it saw, told by their first place. */
  readonly strokes: number[] = [];
  readonly #connection = new PeerConnection('library', { iceServers: [] });
  /** Its types name a server's options only. */
  readonly #socket = new WebSocket({ protocols: ['amphi.v1'] } as object);
  readonly #channel: DataChannel;
  #n = 0;

  private constructor() {
    this.#channel = this.#connection.createDataChannel('amphi.stroke');
    this.#channel.onMessage((message) => {
      const { points } = JSON.parse(String(message)) as { points: number[] };
      this.strokes.push(Math.round((points[0] ?? 0) * 10_000));
    });
  }

  static async comeIn(base: string, room: string, token: string): Promise<LibraryPeer> {
    const peer = new LibraryPeer();
    const socketOpen = new Promise<void>((resolve) => peer.#socket.onOpen(resolve));
    peer.#socket.open(`${base.replace(/^http/, 'ws')}/ws?room=${room}`);
    await socketOpen;
    await peer.#say({ type: 'hello', room, token });
    await eventually('libdatachannel has gathered its candidates', async () =>
      peer.#connection.gatheringState() === 'complete' ? true : { notYet: 'gathering' },
    );
    const sdp = peer.#connection.localDescription()?.sdp;
    const { answer } = await peer.#say({ type: 'offer', sdp, publish: {}, subscribe: {} });
    peer.#connection.setRemoteDescription(String(answer), 'answer');
    await eventually('its channel is open', async () =>
      peer.#channel.isOpen() ? true : { notYet: peer.#connection.state() },
    );
    return peer;
  }

  /** Draws numbered parts of strokes; every fiftieth begins another, and is a long one. */
  async draw(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const points = new Array<number>(i % 50 === 0 ? 256 : 4).fill(0.1234);
      points[0] = i / 10_000;
      const id = `${Math.floor(i / 50)}`;
      this.#channel.sendMessage(
        JSON.stringify({ type: 'stroke', id, points, done: i % 50 === 49 }),
      );
      await pause(15);
    }
  }

  close(): void {
    this.#connection.close();
    this.#socket.close();
  }

  #say(body: object): Promise<Record<string, unknown>> {
    const n = ++this.#n;
    return new Promise((resolve, reject) => {
      this.#socket.onMessage((message) => {
        const answer = JSON.parse(String(message)) as Record<string, unknown>;
        if (answer['type'] === 'ping') {
          this.#socket.sendMessage(JSON.stringify({ n: ++this.#n, type: 'pong' }));
        } else if (answer['re'] === n) {
          if (answer['type'] === 'error') {
            reject(new Error(String(answer['detail'])));
          } else {
            resolve(answer);
          }
        }
      });
      this.#socket.sendMessage(JSON.stringify({ n, ...body }));
    });
  }
}
