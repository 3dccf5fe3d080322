import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Accessibility } from './accessible.ts';
import { keepPages, press, screenshot, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { startNode } from './node.ts';
import { Rest, type Room } from './rest.ts';
import { RtmpServer } from './rtmp-server.ts';

const ADA: Person = { name: 'Ada', rgb: [200, 40, 40], hertz: 440 };
const PHONE = { width: 375, height: 760 };
const KEY = 's3cret-KEY-of-ada';
const ENOUGH_BYTES = 150_000;

/** A teacher sends the class to another platform from the studio, and everybody is told. */
export async function elsewhere(check: Check): Promise<void> {
  const missing = RtmpServer.missing();
  if (missing) {
    check.skip('elsewhere: a class goes to another platform', missing);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'amphi-e2e-'));
  const platform = await RtmpServer.in(join(folder, 'nginx'));
  const node = await startNode(join(folder, 'data'), 'run', { AMPHI_PUSH_ALLOW_PRIVATE: 'true' });
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    const rest = new Rest(node.url);
    const room = await rest.makeRoom('Optics', ADA.name);
    await new Elsewhere(check, rest, room, node.url, folder, platform, visitors).run();
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    await platform.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Elsewhere {
  readonly #axe = new Accessibility();
  #ada!: Visitor;
  #vera!: Visitor;

  constructor(
    private readonly check: Check,
    private readonly rest: Rest,
    private readonly room: Room,
    private readonly base: string,
    private readonly folder: string,
    private readonly platform: RtmpServer,
    private readonly visitors: Visitor[],
  ) {}

  async run(): Promise<void> {
    await this.#adds();
    await this.#tells();
    await this.#goesOut();
    await this.#breaks();
    await this.#everywhere();
    await this.#stops();
  }

  get #dialog() {
    return this.#ada.page.locator('amphi-pushes');
  }

  #standing(words: string | RegExp) {
    return this.#dialog.locator('.standing', { hasText: words });
  }

  async #adds(): Promise<void> {
    await this.check.that('elsewhere: what is wrong is said as the server says it', async () => {
      this.#ada = await visit(ADA.name, this.room.links.studio, fakeDevices(ADA, this.folder));
      this.visitors.push(this.#ada);
      await press(this.#ada, 'Turn on camera and microphone');
      await press(this.#ada, 'Enter the studio');
      await press(this.#ada, 'Also send to …');
      await this.#dialog.getByLabel('Platform').selectOption('Other, by RTMP');
      await this.#write('http://127.0.0.1/live', KEY, 'School TV');
      await this.#dialog.getByText('only rtmp, rtmps and srt are spoken').waitFor();
      await this.#axe.look(this.#ada, 'an address that is refused');
      await screenshot(this.#ada, 'elsewhere-refused');
    });
    await this.check.that('elsewhere: a platform is added, and its key shown no more', async () => {
      await this.#write(this.platform.address, KEY, 'School TV');
      await this.#standing('Begins when the class is live').waitFor();
      const told = await this.#ada.page.evaluate(() => {
        const all: string[] = [];
        const look = (root: ParentNode): void => {
          for (const element of root.querySelectorAll('*')) {
            all.push(element.outerHTML, (element as HTMLInputElement).value ?? '');
            if (element.shadowRoot) {
              look(element.shadowRoot);
            }
          }
        };
        look(document);
        return all.join('\n');
      });
      if (told.includes(KEY)) {
        throw new Error('The key is still on the page.');
      }
      await this.#axe.look(this.#ada, 'where else the class goes');
      await screenshot(this.#ada, 'elsewhere-waits');
      await this.#ada.page.keyboard.press('Escape');
    });
  }

  async #tells(): Promise<void> {
    await this.check.that(
      'elsewhere: the audience is told by name, without an address',
      async () => {
        this.#vera = await visit('Vera', this.room.links.watch, []);
        this.visitors.push(this.#vera);
        await this.#vera.page.getByText('Also goes to School TV').waitFor();
        const answer = await fetch(new URL(`/api/rooms/${this.room.id}`, this.base));
        const text = await answer.text();
        if (!text.includes('"pushes":["School TV"]') || text.includes('127.0.0.1')) {
          throw new Error(`The room says ${text}.`);
        }
      },
    );
    await this.check.that('elsewhere: a student knows it before coming on stage', async () => {
      const { url } = await this.rest.token(this.room.id, 'Ben', 'student');
      const ben = await visit('Ben', new URL(url, this.base).href, []);
      this.visitors.push(ben);
      await ben.page.getByText('The class also goes to School TV').waitFor();
      await this.#axe.look(ben, 'the green room of a class that goes elsewhere too');
      await screenshot(ben, 'elsewhere-green-room');
      await press(ben, 'Enter with camera and microphone off');
      await ben.page.getByText('Also goes to School TV').waitFor();
      if (await ben.page.getByRole('button', { name: 'Also send to …' }).count()) {
        throw new Error('A student is offered to send the class elsewhere.');
      }
    });
  }

  async #goesOut(): Promise<void> {
    await this.check.that('elsewhere: live, the platform gets picture and sound', async () => {
      this.platform.start();
      await press(this.#ada, 'Go live');
      await press(this.#ada, 'Also send to …');
      await this.#standing(/On air there since \d\d:\d\d/).waitFor();
      await this.#recorded(1);
      await screenshot(this.#ada, 'elsewhere-on-air');
    });
  }

  async #breaks(): Promise<void> {
    await this.check.that('elsewhere: a platform that dies is tried again, and why', async () => {
      await this.platform.kill();
      await this.#standing(/Trying again/).waitFor();
      await this.#dialog.locator('.why', { hasText: '127.0.0.1' }).waitFor();
      await this.#axe.look(this.#ada, 'a platform that does not answer');
      await screenshot(this.#ada, 'elsewhere-again');
      this.platform.start();
      await this.#standing(/On air there since/).waitFor();
      await this.#recorded(2);
    });
  }

  async #everywhere(): Promise<void> {
    await this.check.that('elsewhere: all of it is there on a phone, light and dark', async () => {
      await this.#ada.page.keyboard.press('Escape');
      await screenshot(this.#ada, 'elsewhere-studio');
      await screenshot(this.#vera, 'elsewhere-watch');
      for (const visitor of [this.#ada, this.#vera]) {
        const { page } = visitor;
        await page.setViewportSize(PHONE);
        await page.getByText('Also goes to School TV').first().waitFor();
        await screenshot(visitor, 'elsewhere-phone');
        await page.emulateMedia({ colorScheme: 'dark' });
        await screenshot(visitor, 'elsewhere-phone-dark');
        await page.emulateMedia({ colorScheme: null });
        const wider = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (wider > 0) {
          throw new Error(`${visitor.name}’s page is ${wider} pixels wider than the phone.`);
        }
      }
      await this.#axe.look(this.#ada, 'the studio on a phone');
      await this.#axe.look(this.#vera, 'the watch page on a phone');
      await press(this.#ada, 'More');
      await press(this.#ada, 'Also send to …');
      await this.#standing(/On air there since/).waitFor();
      await this.#axe.look(this.#ada, 'where else the class goes, on a phone');
      await screenshot(this.#ada, 'elsewhere-dialog-phone');
      await this.#ada.page.emulateMedia({ colorScheme: 'dark' });
      await screenshot(this.#ada, 'elsewhere-dialog-phone-dark');
      await this.#ada.page.emulateMedia({ colorScheme: null });
      await this.#ada.page.setViewportSize({ width: 1440, height: 900 });
    });
  }

  async #stops(): Promise<void> {
    await this.check.that(
      'elsewhere: stopped, it is over there, and everybody is told',
      async () => {
        await press(this.#ada, 'Stop sending to School TV');
        await this.#dialog.getByRole('listitem').waitFor({ state: 'detached' });
        await this.#vera.page.getByText('Also goes to').waitFor({ state: 'detached' });
        await this.#ada.page.keyboard.press('Escape');
        await this.platform.kill();
        const [first] = this.platform.recorded();
        const probe = ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0'];
        const { stdout } = spawnSync('ffprobe', [...probe, first?.path ?? ''], {
          encoding: 'utf8',
        });
        const codecs = stdout.trim().split('\n').sort().join();
        if (codecs !== 'aac,h264') {
          throw new Error(`The platform has recorded ${codecs || 'nothing'}.`);
        }
        const { looked, complaints } = this.#axe;
        if (looked.length < 6 || complaints.length > 0) {
          throw new Error(`Looked at ${looked.join(', ')}.\n${complaints.join('\n')}`);
        }
      },
    );
  }

  async #write(address: string, key: string, name: string): Promise<void> {
    await this.#dialog.getByLabel('Address of the server').fill(address);
    await this.#dialog.getByLabel('Stream key').fill(key);
    await this.#dialog.getByLabel(/^Name, which everybody/).fill(name);
    await this.#dialog.getByRole('button', { name: 'Send there too' }).click();
  }

  /** Waits until so many connections came, and a good deal over the last of them. */
  async #recorded(connections: number): Promise<void> {
    await eventually('the platform records', async () => {
      const files = this.platform.recorded();
      const bytes = files.at(-1)?.bytes ?? 0;
      return files.length >= connections && bytes > ENOUGH_BYTES
        ? true
        : { notYet: `${files.length} files, ${bytes} bytes in the last` };
    });
  }
}
