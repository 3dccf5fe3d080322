import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Accessibility } from './accessible.ts';
import { keepPages, playingTiles, press, visit, type Visitor } from './browser.ts';
import { eventually, OUT, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { startNode } from './node.ts';
import { hearsEach, listen, neverHeard, showsEach } from './program.ts';
import { decodesWhole, durationOf, probeRendition, seeks, toneDb } from './recording.ts';
import { Rest, type Recording, type Room } from './rest.ts';

const ADA: Person = { name: 'Ada', rgb: [200, 40, 40], hertz: 440 };
const BEN: Person = { name: 'Ben', rgb: [40, 160, 60], hertz: 700 };
const VERA: Person = { name: 'Vera', rgb: [50, 70, 210], hertz: 1130 };
const SEGMENT_SECONDS = 1.6;
const PART_SECONDS = 0.27;
const HEARD_IN_FILE_DB = 15;

/** Ada teaches, Ben is on stage, Vera watches, comes on stage and goes back. */
export async function liveClass(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-e2e-'));
  const node = await startNode(join(folder, 'data'));
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    await new LiveClass(check, node.url, folder, visitors).run();
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    if (!process.env['AMPHI_E2E_KEEP']) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

class LiveClass {
  readonly #rest: Rest;
  readonly #axe = new Accessibility();
  #room!: Room;
  #ada!: Visitor;
  #vera!: Visitor;
  #recording!: Recording;
  /** By then the recording ran, in milliseconds of the wall clock. */
  #recordingBy_ms = 0;

  constructor(
    private readonly check: Check,
    private readonly base: string,
    private readonly folder: string,
    private readonly visitors: Visitor[],
  ) {
    this.#rest = new Rest(base);
  }

  async run(): Promise<void> {
    this.#room = await this.#rest.makeRoom('Colours and tones', ADA.name);
    await this.#onStage();
    await this.#inTheAudience();
    await this.#throughTheStageDoor();
    await this.#afterTheClass();
    await this.#forEverybody();
  }

  async #onStage(): Promise<void> {
    await this.check.that('the teacher is live three presses after opening the link', async () => {
      const ada = (this.#ada = await this.#visit(ADA, this.#room.links.studio));
      await press(ada, 'Turn on camera and microphone');
      await this.#axe.look(ada, 'the green room');
      await press(ada, 'Enter the studio');
      await ada.page.getByRole('switch', { name: 'Record' }).waitFor();
      await press(ada, 'Go live');
      await eventually('the class is live', async () => {
        const { live, state } = await this.#rest.room(this.#room.id);
        return live ? true : { notYet: state };
      });
    });
    await this.check.that('the recording is switched on with one press', async () => {
      await this.#ada.page.getByRole('switch', { name: 'Record' }).click();
      await eventually('a recording runs', async () => {
        const recordings = await this.#rest.recordings(this.#room.id);
        const states = recordings.map(({ state }) => state).join();
        return states === 'recording' ? true : { notYet: states || 'no recording' };
      });
      this.#recordingBy_ms = Date.now();
      await this.#axe.look(this.#ada, 'the studio');
    });
    await this.check.that('a student comes on stage with a link', async () => {
      const { url } = await this.#rest.token(this.#room.id, BEN.name, 'student');
      const ben = await this.#visit(BEN, new URL(url, this.base).href);
      await press(ben, 'Turn on camera and microphone');
      await press(ben, 'Enter the studio');
      await eventually('both see each other', async () => {
        const playing = await Promise.all([playingTiles(this.#ada), playingTiles(ben)]);
        return playing.every((count) => count >= 2) ? true : { notYet: playing.join(' and ') };
      });
    });
  }

  async #inTheAudience(): Promise<void> {
    const program = () => this.#vera.page.locator('amphi-player video');
    await this.check.that('a viewer with the link sees the program', async () => {
      this.#vera = await this.#visit(VERA, this.#room.links.watch);
      await program().waitFor();
      await listen(this.#vera.page, program());
    });
    await this.check.that('grid: each stands where the layout says', async () => {
      await this.#ada.page.getByRole('radio', { name: 'Grid' }).click();
      await showsEach(program(), [
        { at: '8,184 628×352', person: ADA },
        { at: '644,184 628×352', person: BEN },
      ]);
    });
    await this.check.that('speaker: the one under the spotlight is large', async () => {
      for (const [large, small] of [
        [BEN, ADA],
        [ADA, BEN],
      ] as const) {
        await this.#rest.layout(this.#room.id, 'speaker', await this.#idOf(large));
        await showsEach(program(), [
          { at: '8,72 1024×576', person: large },
          { at: '1040,294 232×130', person: small },
        ]);
      }
    });
    await this.check.that('both are heard, and nobody who is not there', async () => {
      await hearsEach(this.#vera.page, [ADA, BEN]);
      await neverHeard(this.#vera.page, VERA);
    });
    await this.check.that('what is said in the chat reaches the viewer', async () => {
      const { page } = this.#ada;
      await page.getByPlaceholder('Write to the class').fill('<b>Welcome</b> to the class');
      await page.keyboard.press('Enter');
      await this.#vera.page.getByText('<b>Welcome</b> to the class').waitFor();
      await this.#axe.look(this.#vera, 'the watch page');
    });
  }

  async #throughTheStageDoor(): Promise<void> {
    await this.check.that('a raised hand leads backstage', async () => {
      const { page } = this.#vera;
      await press(this.#vera, 'Raise hand');
      await page.getByRole('textbox', { name: /class sees it/ }).fill(VERA.name);
      await press(this.#vera, 'Go on');
      await this.#ada.page.getByText('Raised hands').first().click();
      await this.#axe.look(this.#ada, 'the raised hands');
      await press(this.#ada, `Accept ${VERA.name}`);
      await press(this.#vera, 'Turn on camera and microphone');
      await this.#axe.look(this.#vera, 'the way to the stage');
      await press(this.#vera, 'I agree, go backstage');
      await page.getByText('BACKSTAGE', { exact: true }).waitFor();
      await this.#axe.look(this.#vera, 'backstage');
    });
    await this.check.that('who is backstage is not in the program', async () => {
      await this.#ada.page.getByRole('radio', { name: 'Grid' }).click();
      await showsEach(this.#monitor(), [
        { at: '8,184 628×352', person: ADA },
        { at: '644,184 628×352', person: BEN },
      ]);
    });
    await this.check.that('brought on stage, the viewer stands in the program', async () => {
      await press(this.#ada, 'Bring on stage');
      await this.#vera.page.getByText('ON AIR', { exact: true }).waitFor();
      await showsEach(this.#monitor(), [
        { at: '18,10 618×346', person: ADA },
        { at: '644,10 618×346', person: BEN },
        { at: '330,364 618×346', person: VERA },
      ]);
      await this.#speaksOn();
    });
    await this.check.that('and is back in the player at the live edge', async () => {
      await press(this.#vera, 'Leave the stage');
      await showsEach(this.#vera.page.locator('amphi-player video'), [
        { at: '8,184 628×352', person: ADA },
        { at: '644,184 628×352', person: BEN },
      ]);
      await this.#vera.page.getByRole('button', { name: 'Raise hand' }).waitFor();
    });
  }

  /** Two seconds more of the sound of whoever came last: enough to be found in the recording. */
  async #speaksOn(): Promise<void> {
    const packets = async (): Promise<number> => {
      const { participants } = await this.#rest.pipeline(this.#room.id);
      const sound = participants
        .at(-1)
        ?.media?.publishes.find(({ track }) => track.source === 'MICROPHONE');
      return sound?.encodings[0]?.received.packets ?? 0;
    };
    const before = await packets();
    await eventually('her sound goes on', async () => {
      const more = (await packets()) - before;
      return more >= 100 ? true : { notYet: `${more} packets` };
    });
  }

  async #afterTheClass(): Promise<void> {
    await this.check.that('the class ends for everybody, and the MP4 is made', async () => {
      await press(this.#ada, 'End class');
      await this.#ada.page
        .locator('amphi-dialog')
        .getByRole('button', { name: /End/ })
        .last()
        .click();
      this.#recording = await eventually<Recording>('the recording is ready', async () => {
        const [recording] = await this.#rest.recordings(this.#room.id);
        return recording?.state === 'ready' ? recording : { notYet: recording?.state ?? 'none' };
      });
    });
    const file = join(OUT, 'class.mp4');
    await this.check.that('the MP4 plays whole, and can be entered anywhere', async () => {
      await this.#rest.download(this.#recording.url, file);
      decodesWhole(file);
      seeks(file);
    });
    await this.check.that('all three are heard in the recording', async () => {
      for (const { name, hertz } of [ADA, BEN, VERA]) {
        const decibels = toneDb(file, hertz);
        if (decibels < HEARD_IN_FILE_DB) {
          throw new Error(`${name}'s ${hertz} Hz stands out by ${decibels.toFixed(0)} dB only.`);
        }
      }
    });
    await this.check.that('every segment of every rendition decodes', () => this.#renditions());
  }

  /** The MP4 must be as long as the class was from the press on `Record` on. */
  async #renditions(): Promise<void> {
    const index = new URL(`/hls/${this.#room.id}/index.m3u8`, this.base);
    const text = await (await fetch(index)).text();
    const playlists = new Set([...text.matchAll(/^(?!#)(\S+)$/gm)].map(([, uri]) => uri ?? ''));
    if (playlists.size !== 3) {
      throw new Error(`There are ${playlists.size} renditions instead of 3:\n${text}`);
    }
    const seconds: number[] = [];
    let beginning_ms = Infinity;
    for (const uri of playlists) {
      const rendition = await probeRendition(uri, new URL(uri, index).href);
      if (!rendition.ended) {
        throw new Error(`${uri} has no ENDLIST.`);
      }
      seconds.push(rendition.seconds);
      beginning_ms = Math.min(beginning_ms, rendition.beginning_ms);
    }
    // The class ends within a segment: there picture and sound may differ by less than a part.
    if (Math.max(...seconds) - Math.min(...seconds) > PART_SECONDS) {
      throw new Error(`The renditions are ${seconds.join(', ')} s long.`);
    }
    const class_s = Math.max(...seconds);
    const file_s = durationOf(join(OUT, 'class.mp4'));
    const before_s = class_s - file_s;
    // It begins with the segment after the press; what the class showed before is not in the file.
    // The press may come before the program's first picture: then everything is.
    const pressedAfter_s = Math.max(0, (this.#recordingBy_ms - beginning_ms) / 1000);
    if (!(before_s >= -0.1 && before_s <= pressedAfter_s + 2 * SEGMENT_SECONDS)) {
      throw new Error(
        `The class took ${class_s} s and was recorded after ${pressedAfter_s} s; the MP4 has ${file_s} s.`,
      );
    }
    if (Math.abs(file_s - this.#recording.duration_s) > 0.1) {
      throw new Error(`The API says ${this.#recording.duration_s} s, the MP4 ${file_s} s.`);
    }
  }

  /** Pages that are there when nothing goes on, and what was found on all of them. */
  async #forEverybody(): Promise<void> {
    await this.check.that('no page breaks WCAG 2.2 AA, as far as axe can tell', async () => {
      await this.#ada.page.getByText('Download MP4').waitFor();
      await this.#axe.look(this.#ada, 'the recordings');
      const { page } = this.#vera;
      await page.goto(this.#room.links.watch);
      await page.getByRole('button', { name: 'Watch again' }).waitFor();
      await this.#axe.look(this.#vera, 'a class that is over');
      await page.goto(new URL('/watch/none', this.base).href);
      await page.getByText('There is no such class').waitFor();
      await this.#axe.look(this.#vera, 'a wrong link');
      await page.goto(this.base);
      await this.#axe.look(this.#vera, 'the first page');
      const { looked, complaints } = this.#axe;
      if (looked.length < 10 || complaints.length > 0) {
        throw new Error(`Looked at ${looked.join(', ')}.\n${complaints.join('\n')}`);
      }
    });
  }

  #monitor() {
    return this.#ada.page.locator('amphi-program video');
  }

  async #idOf(person: Person): Promise<string> {
    const present = await this.#rest.participants(this.#room.id);
    const found = present.find(({ name }) => name === person.name);
    if (!found) {
      throw new Error(`${person.name} is not among ${present.map(({ name }) => name).join(', ')}.`);
    }
    return found.id;
  }

  async #visit(person: Person, url: string): Promise<Visitor> {
    const visitor = await visit(person.name, url, fakeDevices(person, this.folder));
    this.visitors.push(visitor);
    return visitor;
  }
}
