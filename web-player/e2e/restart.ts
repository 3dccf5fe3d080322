import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPages, press, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { startNode } from './node.ts';
import { RECORDED, received } from './received.ts';
import { Rest } from './rest.ts';
import { ADA, BEN, enter, seeEachOther } from './stage-of-two.ts';

const VERA: Person = { name: 'Vera', rgb: [50, 70, 210], hertz: 1130 };
const PATIENCE_MS = 90_000;

/** The node's process ends under a live class and comes again; nobody presses anything. */
export async function restart(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-again-'));
  let node = await startNode(join(folder, 'data'));
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    const rest = new Rest(node.url);
    const room = await rest.makeRoom('Once more', ADA.name);
    const come = async (person: Person, url: string): Promise<Visitor> => {
      const visitor = await visit(person.name, url, fakeDevices(person, folder), undefined, {
        prepare: RECORDED,
      });
      visitors.push(visitor);
      return visitor;
    };
    const ada = await come(ADA, room.links.studio);
    await enter(ada);
    await press(ada, 'Go live');
    const { url } = await rest.token(room.id, BEN.name, 'student');
    const ben = await come(BEN, new URL(url, node.url).href);
    await enter(ben);
    const vera = await come(VERA, room.links.watch);
    await check.that('a class is live: two on stage, one in the audience', async () => {
      await seeEachOther(ada, ben);
      await plays(vera, 0);
    });
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await check.that(
        `the node ends by ${signal} and comes again: so does everything`,
        async () => {
          const began = Date.now();
          const since = (): string => `${((Date.now() - began) / 1000).toFixed(1)} s`;
          await node.end(signal);
          const said = vera.page.getByText('Chat and hands are reconnecting').first();
          await said.waitFor({ timeout: PATIENCE_MS });
          console.log(`    ended after ${since()}, and the page says so`);
          const before = await Promise.all([ada, ben].map(received));
          node = await node.again();
          console.log(`    ready again after ${since()}`);
          const returned = Date.now();
          const then = (atMs: number): string => `${((atMs - returned) / 1000).toFixed(1)} s later`;
          await Promise.all([
            ...[ada, ben].map(async (visitor, i) => {
              const at = await seesAgain(visitor, before[i]!.frames);
              console.log(`    ${visitor.name} sees pictures again ${then(at)}`);
            }),
            said
              .waitFor({ state: 'hidden', timeout: PATIENCE_MS })
              .then(() => console.log(`    the audience's socket is back ${then(Date.now())}`)),
            plays(vera, returned).then((at) => console.log(`    the program plays ${then(at)}`)),
          ]);
          const { live } = await rest.room(room.id);
          if (!live) {
            throw new Error('The class is not live any more.');
          }
        },
      );
    }
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** When somebody saw pictures; the peer connection may be a new one, which counts from zero. */
async function seesAgain(visitor: Visitor, before: number): Promise<number> {
  let last = -1;
  return eventually<number>(
    `${visitor.name} sees new pictures`,
    async () => {
      const { frames } = await received(visitor);
      const grew = last >= 0 && frames > last && (frames > before || frames < before);
      last = frames;
      return grew ? Date.now() : { notYet: `${frames} pictures` };
    },
    PATIENCE_MS,
  );
}

/** When the player began to show, and went on showing, pictures that were made after that moment. */
async function plays(visitor: Visitor, madeAfterMs: number): Promise<number> {
  const player = visitor.page.locator('amphi-player');
  await player.locator('video').waitFor();
  await player.evaluate((element) =>
    element.addEventListener('playhead', (event) => {
      Object.assign(window, { playheadMs: (event as CustomEvent<number | null>).detail });
    }),
  );
  let last = -1;
  let since: number[] = [];
  return eventually<number>(
    'the program plays',
    async () => {
      const now = await player.locator('video').evaluate((element) => ({
        position: (element as HTMLVideoElement).currentTime,
        madeMs: (window as unknown as { playheadMs?: number | null }).playheadMs ?? 0,
      }));
      const moves = last >= 0 && now.position > last && now.madeMs > madeAfterMs;
      since = moves ? [...since, Date.now()] : [];
      last = now.position;
      return since.length >= 8
        ? since[0]!
        : { notYet: `at ${now.position} s, made ${now.madeMs - madeAfterMs} ms after` };
    },
    PATIENCE_MS,
  );
}
