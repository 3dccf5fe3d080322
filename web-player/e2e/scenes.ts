import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPages, playingTiles, press, screenshot, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { startNode } from './node.ts';
import { showsEach, showsNobody } from './program.ts';
import { Rest } from './rest.ts';

const ADA: Person = { name: 'Ada', rgb: [200, 40, 40], hertz: 440 };
const BEN: Person = { name: 'Ben', rgb: [40, 160, 60], hertz: 700 };
const BOTH = [
  { at: '8,184 628×352', person: ADA },
  { at: '644,184 628×352', person: BEN },
];

/** Ada hides Ben, puts him in front, takes a break and comes back; Vera watches the program. */
export async function scenes(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-e2e-'));
  const node = await startNode(join(folder, 'data'));
  const visitors: Visitor[] = [];
  const comes = async (name: string, url: string, devices: readonly string[]): Promise<Visitor> => {
    const visitor = await visit(name, new URL(url, node.url).href, devices);
    visitors.push(visitor);
    return visitor;
  };
  const getsReady = async (person: Person, url: string): Promise<Visitor> => {
    const visitor = await comes(person.name, url, fakeDevices(person, folder));
    await press(visitor, 'Turn on camera and microphone');
    return visitor;
  };
  keepPages(check, visitors);
  try {
    const rest = new Rest(node.url);
    // A class that is not for everybody: whatever shows it needs a token to.
    const room = await rest.makeRoom('Scenes', ADA.name, 'token');
    const { url: watch } = await rest.token(room.id, 'Vera', 'viewer');
    // No student: on a busy machine their cameras rest, and this is about who is where.
    const guest = await rest.token(room.id, BEN.name, 'instructor');
    const [ada, ben] = await Promise.all([
      getsReady(ADA, room.links.studio),
      getsReady(BEN, guest.url),
    ]);
    // One after the other: who comes first stands on the left.
    await press(ada, 'Enter the studio');
    await ada.page.locator('amphi-people [data-person="ada"]').waitFor();
    await press(ben, 'Enter the studio');
    await ada.page.getByRole('radio', { name: 'Grid' }).click();
    await press(ada, 'Go live');
    const vera = await comes('Vera', watch, []);
    const program = vera.page.locator('amphi-player video');
    await eventually('both are on stage', async () => {
      const playing = await playingTiles(ada);
      return playing >= 2 ? true : { notYet: `${playing} tiles play` };
    });
    await direct(check, ada, vera, program);
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function direct(
  check: Check,
  ada: Visitor,
  vera: Visitor,
  program: ReturnType<Visitor['page']['locator']>,
): Promise<void> {
  const doWithBen = async (what: string): Promise<void> => {
    await press(ada, `What to do with ${BEN.name}`);
    await ada.page.getByRole('menuitemcheckbox', { name: what }).click();
  };
  const ben = ada.page.locator(`amphi-people [data-person="${BEN.name.toLowerCase()}"]`);

  await check.that('scenes: who is hidden is on the stage, and not in the picture', async () => {
    await showsEach(program, BOTH);
    await doWithBen('Hide from the picture');
    await ben.getByText('Hidden', { exact: true }).waitFor();
    await showsEach(program, [{ at: '0,0 1280×720', person: ADA }]);
  });
  await check.that('scenes: who is put in front is seen again, and large', async () => {
    await ada.page.getByRole('radio', { name: 'Speaker' }).click();
    await doWithBen('Spotlight');
    await ben.getByText('Spotlight', { exact: true }).waitFor();
    await showsEach(program, [
      { at: '8,72 1024×576', person: BEN },
      { at: '1040,294 232×130', person: ADA },
    ]);
  });
  await check.that('scenes: in a break nobody is seen, and the studio counts down', async () => {
    await press(ada, 'Break');
    await press(ada, '5 minutes');
    await ada.page.getByText(/Break\s*until \d\d:\d\d$/).waitFor();
    await ada.page.getByText(/^[45]:\d\d left$/).waitFor();
    await showsNobody(program, [ADA, BEN]);
    await screenshot(vera, 'scenes-break');
    await screenshot(ada, 'scenes-break');
  });
  await check.that('scenes: and afterwards the class goes on as it was', async () => {
    await press(ada, 'Back to class');
    await showsEach(program, [
      { at: '8,72 1024×576', person: BEN },
      { at: '1040,294 232×130', person: ADA },
    ]);
    await ada.page.getByRole('button', { name: 'Break', exact: true }).waitFor();
  });
}
