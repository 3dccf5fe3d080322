import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawTogether } from './board.ts';
import { keepPages, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { LibraryPeer } from './library-peer.ts';
import { startNode } from './node.ts';
import { Rest } from './rest.ts';

const MESSAGES = 1_000;

/** What the script below leaves in the page. */
interface Link {
  readonly strokes: number[];
  readonly cursors: number[];
  readonly closed: string[];
  readonly show: (label: string, message: unknown) => void;
  readonly open: (label: string) => Promise<void>;
  readonly close: (label: string) => void;
}

/** Comes on stage with nothing but data channels, by the browser's own API and no code of ours. */
const comeIn = async ({ room, token }: { room: string; token: string }): Promise<void> => {
  const pc = new RTCPeerConnection();
  const channels = new Map<string, RTCDataChannel>();
  const link = { strokes: [] as number[], cursors: [] as number[], closed: [] as string[] };
  const open = (label: string): Promise<void> => {
    const cursor = { ordered: false, maxRetransmits: 0 };
    const channel = pc.createDataChannel(label, label === 'amphi.cursor' ? cursor : {});
    channels.set(label, channel);
    channel.addEventListener('message', ({ data }) => {
      const gesture = JSON.parse(data as string) as {
        type: string;
        points?: number[];
        x?: number;
      };
      // The number of each is told by its first place.
      const seen = gesture.type === 'stroke' ? link.strokes : link.cursors;
      seen.push(Math.round((gesture.points?.[0] ?? gesture.x ?? 0) * 10_000));
    });
    channel.addEventListener('close', () => link.closed.push(label));
    return new Promise((resolve) => channel.addEventListener('open', () => resolve()));
  };
  const opened = ['amphi.stroke', 'amphi.cursor'].map(open);
  const socket = new WebSocket(`ws://${location.host}/ws?room=${room}`, 'amphi.v1');
  let n = 0;
  socket.addEventListener('message', ({ data }) => {
    if ((JSON.parse(data as string) as { type: string }).type === 'ping') {
      socket.send(JSON.stringify({ n: ++n, type: 'pong' }));
    }
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const say = (body: object): Promise<Record<string, unknown>> => {
    const number = ++n;
    socket.send(JSON.stringify({ n: number, ...body }));
    return new Promise((resolve, reject) =>
      socket.addEventListener('message', ({ data }) => {
        const answer = JSON.parse(data as string) as Record<string, unknown>;
        if (answer['re'] === number) {
          if (answer['type'] === 'error') {
            reject(new Error(String(answer['detail'])));
          } else {
            resolve(answer);
          }
        }
      }),
    );
  };
  await say({ type: 'hello', room, token });
  await pc.setLocalDescription();
  const sdp = pc.localDescription?.sdp;
  const { answer } = await say({ type: 'offer', sdp, publish: {}, subscribe: {} });
  await pc.setRemoteDescription({ type: 'answer', sdp: String(answer) });
  await Promise.all(opened);
  const show = (label: string, message: unknown): void =>
    channels.get(label)?.send(JSON.stringify(message));
  const close = (label: string): void => channels.get(label)?.close();
  Object.assign(window, { link: { ...link, show, open, close }, pc, socket });
};

/**
 * Sends numbered parts of strokes at the rate that a fast hand has; every fiftieth begins another
 * stroke, and is a long one. All of it has room on the board.
 */
const draw = async (count: number): Promise<void> => {
  const { link } = window as unknown as { link: Link };
  for (let i = 0; i < count; i++) {
    const points = new Array<number>(i % 50 === 0 ? 256 : 4).fill(0.1234);
    points[0] = i / 10_000;
    const id = `${Math.floor(i / 50)}`;
    link.show('amphi.stroke', { type: 'stroke', id, points, done: i % 50 === 49 });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

const point = async (count: number): Promise<void> => {
  const { link } = window as unknown as { link: Link };
  for (let i = 0; i < count; i++) {
    link.show('amphi.cursor', { type: 'cursor', x: i / 10_000, y: 0.5 });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

const heard = (visitor: Visitor, what: 'strokes' | 'cursors' | 'closed'): Promise<unknown[]> =>
  visitor.page.evaluate((key) => (window as unknown as { link: Link }).link[key], what);

const inOrder = (): string => Array.from({ length: MESSAGES }, (_, i) => i).join();

/** Two browsers draw and point at each other over SCTP; then people do, with the studio's tools. */
export async function dataChannels(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-data-'));
  const node = await startNode(join(folder, 'data'), 'run');
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    const rest = new Rest(node.url);
    const room = await rest.makeRoom('On the board', 'Ada');
    const { token } = await rest.token(room.id, 'Ben', 'student');
    await check.that('two browsers open data channels to the node', async () => {
      for (const [name, theirs] of [
        ['Ada', room.token],
        ['Ben', token],
      ] as const) {
        const visitor = await visit(name, node.url, []);
        visitors.push(visitor);
        await visitor.page.evaluate(comeIn, { room: room.id, token: theirs });
      }
    });
    const [ada, ben] = visitors as [Visitor, Visitor];
    await check.that(`${MESSAGES} strokes arrive in order, once, each way`, async () => {
      await Promise.all(visitors.map(({ page }) => page.evaluate(draw, MESSAGES)));
      for (const visitor of visitors) {
        await eventually(`${visitor.name} has them all`, async () => {
          const got = await heard(visitor, 'strokes');
          return got.join() === inOrder() ? true : { notYet: `${got.length} strokes` };
        });
      }
    });
    await check.that('cursors arrive, none of them twice', async () => {
      await ada.page.evaluate(point, 500);
      await eventually('Ben sees where Ada points', async () => {
        const got = await heard(ben, 'cursors');
        const once = new Set(got).size === got.length;
        return once && got.length > 450 ? true : { notYet: `${got.length} cursors` };
      });
    });
    await check.that('a channel is closed and opened again', async () => {
      await ada.page.evaluate(() =>
        (window as unknown as { link: Link }).link.close('amphi.stroke'),
      );
      await eventually('the browser hears that it is closed', async () =>
        (await heard(ada, 'closed')).includes('amphi.stroke') ? true : { notYet: 'open' },
      );
      await ada.page.evaluate(() =>
        (window as unknown as { link: Link }).link.open('amphi.stroke'),
      );
      await ada.page.evaluate(draw, 1);
      await eventually('Ben sees the stroke', async () => {
        const got = await heard(ben, 'strokes');
        return got.length === MESSAGES + 1 ? true : { notYet: `${got.length} strokes` };
      });
    });
    await check.that(`${MESSAGES} strokes go both ways with libdatachannel`, async () => {
      const cleo = await rest.token(room.id, 'Cleo', 'student');
      const peer = await LibraryPeer.comeIn(node.url, room.id, cleo.token);
      try {
        const before = (await heard(ben, 'strokes')).length;
        await Promise.all([peer.draw(MESSAGES), ada.page.evaluate(draw, MESSAGES)]);
        await eventually('it has them all, in order', async () =>
          peer.strokes.join() === inOrder() ? true : { notYet: `${peer.strokes.length} strokes` },
        );
        await eventually('Ben has those of both', async () => {
          const got = (await heard(ben, 'strokes')).length - before;
          return got === 2 * MESSAGES ? true : { notYet: `${got} strokes` };
        });
      } finally {
        peer.close();
      }
    });
    await Promise.all(visitors.splice(0).map(({ browser }) => browser.close()));
    await drawTogether(check, new Rest(node.url), node.url, visitors);
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
