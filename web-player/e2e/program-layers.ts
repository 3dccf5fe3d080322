import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPages, press, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { sent, WATCH_PEERS, type Sent } from './layers.ts';
import { startNode } from './node.ts';
import { Rest } from './rest.ts';

const ROOM = 'demo';
const DORA: Person = { name: 'Dora', rgb: [200, 180, 40], hertz: 1500 };
/** What the page asks of a student's camera: sent in two layers, `h` and `f`. */
const CAMERA = { width: 640, height: 360 };
const FRAMES = 10;
/** The cheapest program there is; its tiles are of 512×288 and of 116×64. */
const ONE_RENDITION = { AMPHI_COMPOSER_RENDITIONS: '360p' };

type People = Awaited<ReturnType<Rest['participants']>>;

interface Layers {
  /** What her browser says. */
  readonly sends: readonly Sent[];
  /** The pictures of each layer that the program took, by the layer's name. */
  readonly taken: Readonly<Record<string, number>>;
}

/** A camera in two layers beside the three people of the demo: the program's tile decides. */
export async function programLayers(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-program-layers-'));
  const node = await startNode(join(folder, 'data'), 'demo', ONE_RENDITION);
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    const rest = new Rest(node.url);
    const token = /^Studio:.*#token=(\S+)$/m.exec(node.printed)?.[1] ?? '';
    rest.as(decodeURIComponent(token));
    const { url } = await rest.token(ROOM, DORA.name, 'student');
    const dora = await visit(
      DORA.name,
      new URL(url, node.url).href,
      fakeDevices(DORA, folder, CAMERA),
      { width: 1440, height: 900 },
      { prepare: WATCH_PEERS },
    );
    visitors.push(dora);
    await press(dora, 'Turn on camera and microphone');
    await press(dora, 'Enter the studio');
    const people = await eventually<People>('four are on stage', async () => {
      const all = await rest.participants(ROOM);
      const onStage = all.filter(({ state }) => state === 'on_stage');
      return onStage.length === 4 ? onStage : { notYet: JSON.stringify(all) };
    });
    const her = people.find(({ name }) => name === DORA.name)?.id ?? '';
    const another = people.find(({ name }) => name !== DORA.name)?.id ?? '';
    const look = (): Promise<Layers> => layers(dora, rest, her);

    await check.that(
      'when her tile fills the picture the program takes the large layer',
      async () => {
        await rest.layout(ROOM, 'speaker', her);
        await takes('f', look);
        const { sends } = await look();
        const { height } = sends.find(({ rid }) => rid === 'f') ?? {};
        if (height !== CAMERA.height) {
          throw new Error(`The large layer is ${height} lines high: ${inWords(sends)}`);
        }
      },
    );
    await check.that(
      'in a small tile it takes the small one, and the large one rests',
      async () => {
        await rest.layout(ROOM, 'speaker', another);
        await takes('h', look);
        await eventually('the large layer rests', async () => {
          const { sends } = await look();
          const resting = sends.filter(({ active }) => !active).map(({ rid }) => rid);
          return resting.join() === 'f' ? true : { notYet: inWords(sends) };
        });
      },
    );
    await check.that('her tile fills it again: the large layer comes back', async () => {
      const began = performance.now();
      await rest.layout(ROOM, 'speaker', her);
      await takes('f', look, 1);
      console.log(`      in the program after ${Math.round(performance.now() - began)} ms`);
      await takes('f', look);
    });
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function layers(visitor: Visitor, rest: Rest, id: string): Promise<Layers> {
  const [sends, { participants }] = await Promise.all([sent(visitor), rest.pipeline(ROOM)]);
  const publishes = participants.find((person) => person.id === id)?.media?.publishes ?? [];
  const camera = publishes.find(({ track }) => track.source.toLowerCase() === 'camera');
  const taken = Object.fromEntries(
    camera?.encodings.map(({ rid, received }) => [rid, received['frames'] ?? 0]) ?? [],
  );
  return { sends, taken };
}

/** Waits until so many more pictures of that layer were taken, and meanwhile none of another. */
async function takes(wanted: string, look: () => Promise<Layers>, frames = FRAMES): Promise<void> {
  let before = (await look()).taken;
  await eventually(`the program takes ${frames} pictures of ${wanted} in a row`, async () => {
    const { sends, taken } = await look();
    const more = Object.entries(taken).map(
      ([rid, now]) => [rid, now - (before[rid] ?? 0)] as const,
    );
    const others = more.some(([rid, count]) => rid !== wanted && count > 0);
    const enough = more.some(([rid, count]) => rid === wanted && count >= frames);
    if (others) {
      before = taken;
    }
    if (process.env['AMPHI_E2E_DEBUG']) {
      console.log(`      ${more.join(' ')} more; ${inWords(sends)}`);
    }
    return !others && enough ? true : { notYet: `${more.join(' ')} more; ${inWords(sends)}` };
  });
}

function inWords(sends: readonly Sent[]): string {
  return sends
    .map(({ rid, active, frames, height, why }) =>
      [rid, active ? 'on' : 'off', `${height} lines`, `${frames} sent`, why].join(', '),
    )
    .join('; ');
}
