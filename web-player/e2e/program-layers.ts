import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { press, screenshot, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { sent, WATCH_PEERS } from './layers.ts';
import { startNode } from './node.ts';
import { Rest } from './rest.ts';

const ROOM = 'demo';
const DORA: Person = { name: 'Dora', rgb: [200, 180, 40], hertz: 1500 };

/** A camera in three layers beside the three people of the demo: the program's tile decides. */
export async function programLayers(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-program-layers-'));
  const node = await startNode(join(folder, 'data'), 'demo');
  const visitors: Visitor[] = [];
  check.keepOnFailure(async (name) => {
    await Promise.all(visitors.map((visitor) => screenshot(visitor, name)));
  });
  try {
    const rest = new Rest(node.url);
    const token = /^Studio:.*#token=(\S+)$/m.exec(node.printed)?.[1] ?? '';
    rest.as(decodeURIComponent(token));
    await rest.layout(ROOM, 'grid', null);
    const { url } = await rest.token(ROOM, DORA.name, 'student');
    const dora = await visit(
      DORA.name,
      new URL(url, node.url).href,
      fakeDevices(DORA, folder, { width: 1280, height: 720 }),
      { width: 1440, height: 900 },
      { prepare: WATCH_PEERS },
    );
    visitors.push(dora);
    await press(dora, 'Turn on camera and microphone');
    await press(dora, 'Enter the studio');
    await check.that('four are on stage', async () => {
      await eventually('four are there', async () => {
        const people = await rest.participants(ROOM);
        const onStage = people.filter(({ state }) => state === 'on_stage');
        return onStage.length === 4 ? true : { notYet: JSON.stringify(people) };
      });
    });
    await check.that(
      'in a grid of four the program takes the middle layer, and the large one rests',
      () => sends(dora, 'f off,h on,q on'),
    );
    await check.that('when her tile fills the picture it takes the large one again', async () => {
      const { id = '' } =
        (await rest.participants(ROOM)).find(({ name }) => name === DORA.name) ?? {};
      await rest.layout(ROOM, 'speaker', id);
      const began = Date.now();
      await sends(dora, 'f on,h off,q on', 'f on,h on,q on');
      const [before] = await sent(dora);
      await eventually('the large layer goes on', async () => {
        const [now] = await sent(dora);
        const frames = (now?.frames ?? 0) - (before?.frames ?? 0);
        return frames > 20 ? true : { notYet: `${frames} frames` };
      });
      console.log(
        `      its pictures come ${Date.now() - began} ms after the layout was asked for`,
      );
    });
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sends(visitor: Visitor, ...wanted: string[]): Promise<void> {
  await eventually(`the layers are ${wanted.join(' or ')}`, async () => {
    const layers = (await sent(visitor))
      .map(({ rid, active }) => `${rid} ${active ? 'on' : 'off'}`)
      .join();
    return wanted.includes(layers) ? true : { notYet: layers };
  });
}
