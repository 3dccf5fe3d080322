import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { Accessibility } from './accessible.ts';
import { keepPages, press, screenshot, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { startNode } from './node.ts';
import { Rest, type Recording, type Room } from './rest.ts';
import { drop, pdf } from './slides.ts';

const ADA: Person = { name: 'Ada', rgb: [200, 40, 40], hertz: 440 };
const PHONE = { width: 375, height: 760 };
const SAID = [
  'Good morning, and welcome to optics.',
  'Today it is about lenses, mirrors and prisms.',
  'La lumière va tout droit.',
  'A lens bends what goes through it.',
  'Das Licht fällt auf die Straße.',
];
const SETTLED_MS = 3600;

/** A class is recorded with slides and captions, and then watched on the page of its recording. */
export async function recordingPage(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-e2e-'));
  const node = await startNode(join(folder, 'data'));
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    const rest = new Rest(node.url);
    const room = await rest.makeRoom('Optics', ADA.name);
    await new Recorded(check, rest, room, node.url, folder, visitors).run();
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Recorded {
  readonly #axe = new Accessibility();
  #ada!: Visitor;
  #vera!: Visitor;
  #recording!: Recording;
  #link = '';

  constructor(
    private readonly check: Check,
    private readonly rest: Rest,
    private readonly room: Room,
    private readonly base: string,
    private readonly folder: string,
    private readonly visitors: Visitor[],
  ) {}

  async run(): Promise<void> {
    await this.#teach();
    await this.#fromOneToTheOther();
    await this.#works();
    await this.#plays();
    await this.#reads();
    await this.#comesBack();
    await this.#shutOut();
  }

  async #teach(): Promise<void> {
    await this.check.that('recording: a class with slides and words is recorded', async () => {
      const devices = fakeDevices(ADA, this.folder);
      const ada = await visit(ADA.name, this.room.links.studio, devices);
      this.#ada = ada;
      this.visitors.push(ada);
      await press(ada, 'Turn on camera and microphone');
      await press(ada, 'Enter the studio');
      await drop(ada, 'optics.pdf', 'application/pdf', pdf());
      await ada.page.getByText('1 of 3 · Lenses').waitFor();
      await press(ada, 'How to record');
      const choice = ada.page.locator('amphi-recording-choice');
      await choice.getByRole('radio', { name: /each person by themselves/ }).check();
      await choice.getByRole('button', { name: 'Record', exact: true }).click();
      await press(ada, 'Go live');
      await eventually('a recording runs', async () => {
        const [first] = await this.rest.recordings(this.room.id);
        return first && first.duration_s > 0 ? true : { notYet: first?.state ?? 'none' };
      });
      for (const [index, text] of SAID.entries()) {
        await this.rest.say(this.room.id, text);
        await ada.page.waitForTimeout(SETTLED_MS);
        if (index % 2 === 0) {
          await ada.page.keyboard.press('ArrowRight');
        }
      }
    });
    await this.check.that('recording: it is paused by a button, and says so', async () => {
      await press(this.#ada, 'Pause the recording');
      await this.#ada.page.getByText('Recording paused').first().waitFor();
      await screenshot(this.#ada, 'recording-paused');
      await press(this.#ada, 'Go on recording');
    });
  }

  async #fromOneToTheOther(): Promise<void> {
    await this.check.that('recording: its page waits until it is ready', async () => {
      const { url } = await this.rest.token(this.room.id, 'Vera', 'viewer');
      const [running] = await this.rest.recordings(this.room.id);
      const hash = new URL(url).hash;
      this.#link = new URL(`/recording/${this.room.id}/${running?.id}`, this.base).href;
      this.#vera = await visit('Vera', this.#link + hash, [], undefined, {
        prepare: 'navigator.clipboard.writeText = async (text) => void (window.copied = text);',
      });
      this.visitors.push(this.#vera);
      await this.#vera.page.getByText('still being recorded').waitFor();
      await this.#axe.look(this.#vera, 'a recording that runs');
      await screenshot(this.#vera, 'recording-runs');
      await press(this.#ada, 'End class');
      const dialog = this.#ada.page.locator('amphi-dialog');
      await dialog.getByRole('button', { name: /End/ }).last().click();
      this.#recording = await eventually<Recording>('the recording is ready', async () => {
        const [recording] = await this.rest.recordings(this.room.id);
        return recording?.state === 'ready' ? recording : { notYet: recording?.state ?? 'none' };
      });
      await this.#vera.page.locator('amphi-movie').waitFor();
    });
    await this.check.that('recording: the studio’s list leads there', async () => {
      const { page } = this.#ada;
      await page.getByText('Download MP4').waitFor();
      await screenshot(this.#ada, 'recording-list');
      await page.getByRole('link', { name: 'Watch recording 1' }).click();
      await page.locator('amphi-movie').waitFor();
      if (page.url() !== this.#link) {
        throw new Error(
          `The page's address is ${page.url()}, with the token still in it or wrong.`,
        );
      }
    });
    await this.check.that('recording: and so does the class’s own page', async () => {
      const { url } = await this.rest.token(this.room.id, 'Max', 'viewer');
      const max = await visit('Max', new URL(url, this.base).href, []);
      this.visitors.push(max);
      await max.page.getByRole('link', { name: 'Watch recording 1' }).waitFor();
      await this.#axe.look(max, 'a class that is over, with its recording');
      await screenshot(max, 'class-over');
      await press(max, 'Watch again');
      await this.#shows(max.page.locator('amphi-player video'));
      await screenshot(max, 'watch-again');
      await max.page.getByRole('link', { name: 'Watch recording 1' }).click();
      await max.page.locator('amphi-movie').waitFor();
    });
  }

  async #works(): Promise<void> {
    const { page } = this.#ada;
    const tools = page.locator('amphi-recording-work');
    await this.check.that('recording: its teacher cuts a part out, and takes it back', async () => {
      await tools.getByText('Cut a part out').click();
      await tools.getByLabel('From', { exact: true }).fill('0:06');
      await tools.getByLabel('To', { exact: true }).fill('0:02');
      await tools.getByRole('button', { name: 'Cut it out' }).click();
      await tools.getByText('The end must come after the beginning.').waitFor();
      await tools.getByLabel('From', { exact: true }).fill('0:02');
      await tools.getByLabel('To', { exact: true }).fill('0:06');
      await tools.getByRole('button', { name: 'Cut it out' }).click();
      await tools.getByText('The part is there').waitFor();
      await press(this.#ada, 'The part cut out');
      const shown = page.locator('amphi-movie video').first();
      await eventually('the part is shown', async () => {
        const length = await shown.evaluate((video) => (video as HTMLVideoElement).duration);
        return length >= 4 && length < 6.5 ? true : { notYet: `${length} s` };
      });
      await this.#axe.look(this.#ada, 'a recording and the tools for it');
      await screenshot(this.#ada, 'recording-cut');
      await tools.getByRole('button', { name: 'Remove the part' }).click();
      await tools.getByText('The part is erased').waitFor();
      await page.getByRole('button', { name: 'The part cut out' }).waitFor({ state: 'detached' });
      await tools.getByText('Cut a part out').click();
    });
    await this.check.that('recording: and fetches each person’s files', async () => {
      await tools.getByText('Each person by themselves').click();
      const link = tools.getByRole('link', { name: 'Download Ada, camera' });
      await link.waitFor();
      await this.#axe.look(this.#ada, 'each person’s files');
      await screenshot(this.#ada, 'recording-tracks');
      const href = (await link.getAttribute('href')) ?? '';
      const answer = await fetch(new URL(href, this.base), { headers: { range: 'bytes=0-3' } });
      const head = Buffer.from(await answer.arrayBuffer()).toString('hex');
      if (head !== '1a45dfa3') {
        throw new Error(`${answer.status}: the file begins with ${head}, which is not Matroska.`);
      }
      if (await this.#vera.page.locator('amphi-recording-work').count()) {
        throw new Error('A viewer has the tools of the teacher.');
      }
    });
  }

  async #plays(): Promise<void> {
    const { page } = this.#vera;
    await this.check.that('recording: it plays, by ranges and by keys', async () => {
      await page.getByRole('button', { name: 'Play' }).first().click();
      await this.#at(page, (at) => at > 1);
      await page.keyboard.press('k');
      await this.#paused(page, true);
      const before = await this.#time(page);
      await page.keyboard.press('l');
      await this.#at(page, (at) => Math.abs(at - before - 10) < 0.6);
      await page.keyboard.press('j');
      await this.#at(page, (at) => Math.abs(at - before) < 0.6);
      await page.keyboard.press('5');
      await this.#at(page, (at) => Math.abs(at - this.#recording.duration_s / 2) < 1);
      await page.keyboard.press('>');
      await page.getByRole('button', { name: 'Speed, now 1.25×' }).waitFor();
      await page.keyboard.press('<');
      await page.getByRole('button', { name: 'Speed, now 1×' }).waitFor();
      await page.keyboard.press(' ');
      await this.#paused(page, false);
      await page.keyboard.press(' ');
      await this.#paused(page, true);
    });
    await this.check.that('recording: the speed goes from half to double', async () => {
      await page.getByRole('button', { name: 'Speed, now 1×' }).click();
      await screenshot(this.#vera, 'recording-menu');
      await page.getByRole('menuitemradio', { name: '0.5×' }).click();
      const rate = await page
        .locator('amphi-movie video')
        .first()
        .evaluate((video) => (video as HTMLVideoElement).playbackRate);
      if (rate !== 0.5) {
        throw new Error(`It plays at ${rate}.`);
      }
      await page.getByRole('button', { name: 'Speed, now 0.5×' }).click();
      await page.getByRole('menuitemradio', { name: '1×', exact: true }).click();
    });
    await this.check.that('recording: chapters lead to their places', async () => {
      const chapters = page.getByRole('region', { name: 'Chapters' }).getByRole('button');
      await chapters.filter({ hasText: 'Mirrors' }).first().click();
      const [second] = (this.#recording.chapters ?? []).filter(({ title }) => title === 'Mirrors');
      await this.#at(page, (at) => Math.abs(at - (second?.start_s ?? -9)) < 3);
      await page.locator('[aria-current]', { hasText: 'Mirrors' }).first().waitFor();
      await page.keyboard.press('k');
      await this.#paused(page, true);
    });
    await this.check.that('recording: the time line shows what a mouse points at', async () => {
      const line = page.getByRole('slider', { name: 'Position in the recording' });
      const box = await line.boundingBox();
      await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 12);
      await page.locator('amphi-timeline .above img').waitFor();
      await screenshot(this.#vera, 'recording-preview');
      await page.mouse.move(5, 5);
    });
  }

  async #reads(): Promise<void> {
    const { page } = this.#vera;
    const lines = page.locator('amphi-transcript li');
    await this.check.that('recording: the transcript is searched, accents or not', async () => {
      await eventually('every line is there', async () => {
        const count = await lines.count();
        return count === SAID.length ? true : { notYet: `${count} lines` };
      });
      await page.keyboard.press('/');
      await page.keyboard.type('lumiere');
      await page.getByText('1 place').waitFor();
      await page.locator('mark', { hasText: 'lumière' }).waitFor();
      await screenshot(this.#vera, 'recording-search');
      await page.getByRole('searchbox').fill('STRASSE');
      await page.locator('mark', { hasText: 'Straße' }).waitFor();
      await page.getByRole('searchbox').fill('quantum');
      await page.getByText('That was not said.').waitFor();
      await this.#axe.look(this.#vera, 'a search without a hit');
      await page.getByRole('searchbox').fill('lens bends');
      await page.getByText('1 place').waitFor();
      const time = await lines.first().locator('time').innerText();
      await lines.first().click();
      const said = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
      await this.#at(page, (at) => at >= said && at < said + 3);
      await page.getByRole('searchbox').fill('');
      await page.locator('amphi-transcript [aria-current]', { hasText: SAID[3] ?? '' }).waitFor();
    });
    await this.check.that('recording: captions are the browser’s own', async () => {
      await page.getByRole('button', { name: 'Captions' }).click();
      const tracks = () =>
        page
          .locator('amphi-movie video')
          .first()
          .evaluate((video) =>
            [...(video as HTMLVideoElement).textTracks].map(
              ({ mode, kind, activeCues }) => `${kind} ${mode} ${activeCues?.length}`,
            ),
          );
      await eventually('a cue is shown', async () => {
        const seen = (await tracks()).join();
        return seen === 'captions showing 1' ? true : { notYet: seen };
      });
      await page.keyboard.press('k');
      await this.#paused(page, true);
      await this.#axe.look(this.#vera, 'the page of a recording');
      await screenshot(this.#vera, 'recording-light');
      await page.emulateMedia({ colorScheme: 'dark' });
      await screenshot(this.#vera, 'recording-dark');
      await page.emulateMedia({ colorScheme: null });
      await page.getByRole('button', { name: 'Full screen' }).click();
      await page.waitForFunction(() => document.fullscreenElement !== null);
      await screenshot(this.#vera, 'recording-full');
      await page.keyboard.press('f');
      await page.waitForFunction(() => document.fullscreenElement === null);
    });
  }

  async #comesBack(): Promise<void> {
    const { page } = this.#vera;
    await this.check.that('recording: it goes on where one stopped', async () => {
      await page.keyboard.press('6');
      const there = this.#recording.duration_s * 0.6;
      await this.#at(page, (at) => Math.abs(at - there) < 1);
      await page.reload();
      await page.locator('amphi-movie').waitFor();
      await this.#at(page, (at) => Math.abs(at - there) < 2);
    });
    await this.check.that('recording: a link leads to its moment', async () => {
      await page.getByRole('button', { name: /Link to/ }).click();
      const copied = await page.evaluate(() => (window as never as { copied: string }).copied);
      if (!/\?t=\d+$/.test(copied) || copied.includes('token')) {
        throw new Error(`What was copied is ${copied}.`);
      }
      await page.goto(`${this.#link}?t=3`);
      await page.locator('amphi-movie').waitFor();
      await this.#at(page, (at) => Math.abs(at - 3) < 0.5);
    });
    await this.check.that('recording: a phone has all of it', async () => {
      await page.setViewportSize(PHONE);
      await this.#axe.look(this.#vera, 'the page of a recording on a phone');
      await screenshot(this.#vera, 'recording-phone');
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('amphi-transcript').scrollIntoViewIfNeeded();
      await screenshot(this.#vera, 'recording-phone-dark');
      await page.emulateMedia({ colorScheme: null });
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (wider > 0) {
        throw new Error(`The page is ${wider} pixels wider than the phone.`);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    });
  }

  async #shutOut(): Promise<void> {
    const { page } = this.#vera;
    await this.check.that('recording: without a link of one’s own it stays shut', async () => {
      const stranger = await visit('Stranger', this.#link, []);
      this.visitors.push(stranger);
      await stranger.page.getByText('Recordings need a link of your own').waitFor();
      await this.#axe.look(stranger, 'a recording without a link of one’s own');
      await screenshot(stranger, 'recording-shut');
    });
    await this.check.that('recording: erased while it is watched, it says so', async () => {
      await page.goto(`${this.#link}?t=1`);
      await page.locator('amphi-movie').waitFor();
      await this.rest.erase(this.room.id, this.#recording.id);
      await page.reload();
      await page.getByText('There is no such recording').waitFor();
      const { looked, complaints } = this.#axe;
      if (looked.length < 6 || complaints.length > 0) {
        throw new Error(`Looked at ${looked.join(', ')}.\n${complaints.join('\n')}`);
      }
    });
  }

  async #shows(video: Locator): Promise<void> {
    await eventually('a picture is there', async () => {
      const state = await video.evaluate((shown) => (shown as HTMLVideoElement).readyState);
      return state >= 2 ? true : { notYet: `state ${state}` };
    });
  }

  #time(page: Page): Promise<number> {
    return page
      .locator('amphi-movie video')
      .first()
      .evaluate((video) => (video as HTMLVideoElement).currentTime);
  }

  async #at(page: Page, right: (at: number) => boolean): Promise<void> {
    await eventually('it is there', async () => {
      const at = await this.#time(page);
      return right(at) ? true : { notYet: `at ${at.toFixed(1)} s` };
    });
  }

  async #paused(page: Page, wanted: boolean): Promise<void> {
    await eventually(wanted ? 'it stands still' : 'it plays', async () => {
      const paused = await page
        .locator('amphi-movie video')
        .first()
        .evaluate((video) => (video as HTMLVideoElement).paused);
      return paused === wanted ? true : { notYet: paused ? 'paused' : 'plays' };
    });
  }
}
