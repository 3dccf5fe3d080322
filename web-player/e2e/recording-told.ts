import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Accessibility } from './accessible.ts';
import { keepPages, press, screenshot, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { startNode } from './node.ts';
import { Rest, type Room } from './rest.ts';

const ADA: Person = { name: 'Ada', rgb: [200, 40, 40], hertz: 440 };
/** Room for two minutes or so of a class, with its MP4 beside it. */
const SMALL_DISK = 'size=48m';
const PHONE = { width: 375, height: 760 };

/** What the teacher and everybody else is told of a recording: how it is made, and that it failed. */
export async function recordingTold(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-e2e-'));
  const disk = join(folder, 'data', 'recordings');
  mkdirSync(disk, { recursive: true });
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', SMALL_DISK, 'tmpfs', disk]);
  const small = status === 0;
  const node = await startNode(join(folder, 'data'));
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    const rest = new Rest(node.url);
    const room = await rest.makeRoom('Optics', ADA.name);
    await new Told(check, rest, room, folder, visitors).run(small);
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    if (small) {
      spawnSync('umount', [disk]);
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

class Told {
  readonly #axe = new Accessibility();
  readonly #place: string;
  #ada!: Visitor;
  #vera!: Visitor;

  constructor(
    private readonly check: Check,
    private readonly rest: Rest,
    private readonly room: Room,
    private readonly folder: string,
    private readonly visitors: Visitor[],
  ) {
    this.#place = join(folder, 'data', 'recordings', room.id);
  }

  /**
   * @param small whether its disk is too small for a class
   */
  async run(small: boolean): Promise<void> {
    await this.#fails();
    await this.#beginsAgain();
    if (small) {
      await this.#fillsUp();
    } else {
      this.check.skip(
        'recording told: that the disk fills up',
        'Nobody may mount a small disk here.',
      );
    }
    await this.#eachPerson();
  }

  async #fails(): Promise<void> {
    await this.check.that('recording told: that nothing is kept, why, and what to do', async () => {
      this.#ada = await visit(ADA.name, this.room.links.studio, fakeDevices(ADA, this.folder));
      this.#vera = await visit('Vera', this.room.links.watch, []);
      this.visitors.push(this.#ada, this.#vera);
      await press(this.#ada, 'Turn on camera and microphone');
      await press(this.#ada, 'Enter the studio');
      await press(this.#ada, 'Go live');
      await this.#ada.page.getByText('Not recorded').waitFor();
      // Where its folder would be is a file: as good as a disk that takes nothing.
      mkdirSync(join(this.#place, '..'), { recursive: true });
      writeFileSync(this.#place, '');
      await this.#ada.page.getByRole('switch', { name: 'Record' }).click();
      await this.#ada.page.getByText(/The recording stopped, the class goes on/).waitFor();
      await this.#ada.page.getByText(/After that, press Record/).waitFor();
      await this.#ada.page.getByText('Not recorded').waitFor();
      await this.#axe.look(this.#ada, 'a recording that failed');
      await screenshot(this.#ada, 'recording-failed');
      await this.#ada.page.emulateMedia({ colorScheme: 'dark' });
      await this.#ada.page.setViewportSize(PHONE);
      await screenshot(this.#ada, 'recording-failed-phone');
      await this.#ada.page.setViewportSize({ width: 1440, height: 900 });
      await this.#ada.page.emulateMedia({ colorScheme: null });
    });
    await this.check.that('recording told: the audience is not told that it is on', async () => {
      await this.#vera.page.locator('header').getByText('LIVE').waitFor();
      if (await this.#vera.page.getByText('REC', { exact: true }).count()) {
        throw new Error('The audience sees REC, and nothing is recorded.');
      }
      if (await this.#vera.page.getByText('The recording stopped').count()) {
        throw new Error('The audience is told what is the teacher’s to mend.');
      }
    });
  }

  async #beginsAgain(): Promise<void> {
    await this.check.that('recording told: with room again, one press begins another', async () => {
      rmSync(this.#place);
      await this.#ada.page.getByRole('switch', { name: 'Record' }).click();
      await this.#vera.page.getByText('REC', { exact: true }).waitFor();
      await this.#ada.page
        .getByText('The recording stopped', { exact: false })
        .waitFor({ state: 'detached' });
      await eventually('something is kept', async () => {
        const recordings = await this.rest.recordings(this.room.id);
        const runs = recordings.find(({ state }) => state === 'recording');
        return runs && runs.duration_s > 0
          ? true
          : { notYet: recordings.map(({ state }) => state).join() };
      });
    });
  }

  async #fillsUp(): Promise<void> {
    await this.check.that(
      'recording told: that the disk fills up, while it can be helped',
      async () => {
        const { page } = this.#ada;
        await page.getByText(/The disk has room for about \d+ more minutes of this rec/).waitFor();
        await this.#axe.look(this.#ada, 'a disk that fills up');
        await screenshot(this.#ada, 'recording-disk');
        if (await this.#vera.page.getByText('The disk has room').count()) {
          throw new Error('The audience is told of the disk.');
        }
      },
    );
  }

  async #eachPerson(): Promise<void> {
    await this.check.that('recording told: each person too, and everybody knows', async () => {
      const { page } = this.#ada;
      await press(this.#ada, 'How to record');
      const choice = page.locator('amphi-recording-choice');
      await choice.getByRole('radio', { name: /each person by themselves/ }).check();
      await this.#axe.look(this.#ada, 'how to record');
      await screenshot(this.#ada, 'recording-choice');
      await choice.getByRole('button', { name: 'Record it so from now on' }).click();
      await this.#vera.page.getByText('REC, each person too').waitFor();
      await screenshot(this.#ada, 'recording-each');
      await screenshot(this.#vera, 'recording-each');
      await this.#vera.page.setViewportSize(PHONE);
      await screenshot(this.#vera, 'recording-each-phone');
      await this.#axe.look(this.#vera, 'the watch page of such a class');
      await press(this.#ada, 'How to record');
      await choice.getByRole('radio', { name: /as the audience sees it/ }).check();
      await choice.getByRole('button', { name: 'Record it so from now on' }).click();
      await this.#vera.page.getByText('REC', { exact: true }).waitFor();
      const { looked, complaints } = this.#axe;
      if (looked.length < 3 || complaints.length > 0) {
        throw new Error(`Looked at ${looked.join(', ')}.\n${complaints.join('\n')}`);
      }
    });
  }
}
