import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPages, playingTiles, press, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { startNode } from './node.ts';
import { hearsEach, listen, neverHeard, showsEach } from './program.ts';
import { Rest } from './rest.ts';

const ADA: Person = { name: 'Ada', rgb: [200, 40, 40], hertz: 440 };
const BEN: Person = { name: 'Ben', rgb: [40, 160, 60], hertz: 700 };
const ALONE = [{ at: '0,0 1280×720', person: ADA }];
const BOTH = [
  { at: '8,184 628×352', person: ADA },
  { at: '644,184 628×352', person: BEN },
];

/** Ben says no at the door, then yes, then no again; Vera watches what becomes of the program. */
export async function consent(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-e2e-'));
  const node = await startNode(join(folder, 'data'));
  const rest = new Rest(node.url);
  const visitors: Visitor[] = [];
  const comes = async (person: Person, url: string): Promise<Visitor> => {
    const visitor = await visit(person.name, url, fakeDevices(person, folder));
    visitors.push(visitor);
    return visitor;
  };
  keepPages(check, visitors);
  try {
    const room = await rest.makeRoom('Consent', ADA.name);
    const ada = await comes(ADA, room.links.studio);
    await press(ada, 'Turn on camera and microphone');
    await press(ada, 'Enter the studio');
    await ada.page.getByRole('radio', { name: 'Grid' }).click();
    await press(ada, 'Go live');
    const { url } = await rest.token(room.id, BEN.name, 'student');
    const ben = await comes(BEN, new URL(url, node.url).href);
    const badge = ada.page.locator('amphi-tile').getByText('Not in the broadcast');
    const program = () => ada.page.locator('amphi-program video');
    let listener!: Visitor;

    await check.that(
      'who says no at the door is on the stage, and marked for the teacher',
      async () => {
        await press(ben, 'Turn on camera and microphone');
        await press(ben, 'Enter, but not in the broadcast');
        await eventually('both see each other', async () => {
          const playing = await Promise.all([playingTiles(ada), playingTiles(ben)]);
          return playing.every((count) => count >= 2) ? true : { notYet: playing.join(' and ') };
        });
        await badge.waitFor();
        await ben.page.locator('amphi-consent').getByText('Not in the broadcast').waitFor();
      },
    );
    await check.that('but neither seen nor heard by the audience', async () => {
      listener = await comes({ ...ADA, name: 'Vera' }, room.links.watch);
      const player = listener.page.locator('amphi-player video');
      await player.waitFor();
      await listen(listener.page, player);
      await showsEach(program(), ALONE);
      await hearsEach(listener.page, [ADA]);
      await neverHeard(listener.page, BEN);
    });
    await check.that('a yes brings the picture and the sound', async () => {
      await press(ben, 'Put me in the broadcast');
      await showsEach(program(), BOTH);
      await hearsEach(listener.page, [BEN]);
      await badge.waitFor({ state: 'detached' });
    });
    await check.that('and a withdrawal takes them out again', async () => {
      await press(ben, 'Take me out of the broadcast');
      await showsEach(program(), ALONE);
      await badge.waitFor();
    });
    await check.that('the page remembers the answer, and the class keeps it', async () => {
      await ben.page.reload();
      await ben.page.getByText('Last time you said no.').waitFor();
      const present = await rest.participants(room.id);
      const said = present.find(({ name }) => name === BEN.name);
      if (said && (said as { consent?: string }).consent !== 'declined') {
        throw new Error(`The server says ${JSON.stringify(said)}.`);
      }
    });
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    if (!process.env['AMPHI_E2E_KEEP']) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
