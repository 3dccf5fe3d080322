import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { press, screenshot, visit, type Visitor } from './browser.ts';
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
  check.keepOnFailure(async (name) => {
    await Promise.all(visitors.map((visitor) => screenshot(visitor, name)));
  });
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
          await Promise.all([
            ...[ada, ben].map(async (visitor, i) => {
              await seesAgain(visitor, before[i]!.frames);
              console.log(`    ${visitor.name} sees pictures again after ${since()}`);
            }),
            said.waitFor({ state: 'hidden', timeout: PATIENCE_MS }),
            plays(vera, returned).then(() => console.log(`    the program plays after ${since()}`)),
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

/** The peer connection may be a new one by now: its pictures count from zero. */
async function seesAgain(visitor: Visitor, before: number): Promise<void> {
  let last = -1;
  await eventually(
    `${visitor.name} sees new pictures`,
    async () => {
      const { frames } = await received(visitor);
      const grew = last >= 0 && frames > last && (frames > before || frames < before);
      last = frames;
      return grew ? true : { notYet: `${frames} pictures` };
    },
    PATIENCE_MS,
  );
}

/** Waits until the player shows pictures that were made after that moment. */
async function plays(visitor: Visitor, madeAfter_ms: number): Promise<void> {
  const video = visitor.page.locator('amphi-player video');
  await video.waitFor();
  let last = -1;
  let grown = 0;
  await eventually(
    'the program plays',
    async () => {
      const now = await video.evaluate((element) => (element as HTMLVideoElement).currentTime);
      grown = last >= 0 && now > last ? grown + 1 : 0;
      last = now;
      const old = Date.now() - madeAfter_ms < 5_000;
      return grown >= 8 && !old ? true : { notYet: `at ${now} s` };
    },
    PATIENCE_MS,
  );
}
