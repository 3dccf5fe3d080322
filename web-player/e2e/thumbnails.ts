import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { keepPages, press, screenshot, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { startNode } from './node.ts';
import { Rest, type Room } from './rest.ts';

const ADA: Person = { name: 'Ada', rgb: [200, 40, 40], hertz: 440 };
const PHONE = { width: 390, height: 780 };

/** Small pictures: above the watch page's time line, in the list, and on a recording's page. */
export async function thumbnails(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-e2e-'));
  const node = await startNode(join(folder, 'data'));
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    const rest = new Rest(node.url);
    const room = await rest.makeRoom('Colours', ADA.name, 'token');
    await new Pictured(check, rest, room, node.url, folder, visitors).run();
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Pictured {
  #ada!: Visitor;
  #max!: Visitor;

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
    await this.#rewinds();
    await this.#lists();
    await this.#watches();
  }

  async #teach(): Promise<void> {
    await this.check.that('thumbnails: a class for its members is recorded', async () => {
      this.#ada = await visit(ADA.name, this.room.links.studio, fakeDevices(ADA, this.folder));
      this.visitors.push(this.#ada);
      await press(this.#ada, 'Turn on camera and microphone');
      await press(this.#ada, 'Enter the studio');
      await this.#ada.page.getByRole('switch', { name: 'Record' }).click();
      await press(this.#ada, 'Go live');
    });
  }

  async #rewinds(): Promise<void> {
    const { url } = await this.rest.token(this.room.id, 'Max', 'viewer');
    this.#max = await visit('Max', new URL(url, this.base).href, []);
    this.visitors.push(this.#max);
    const { page } = this.#max;
    const line = page.getByRole('slider', { name: 'Position in the class' });
    const above = page.locator('amphi-player .above');
    await this.check.that(
      'thumbnails: a mouse on the live time line is shown what was',
      async () => {
        await line.waitFor();
        await eventually('a picture of Ada, whose camera is red', async () => {
          await this.#point(page, line, 0.3);
          const drawn = await this.#drawn(above.locator('img'));
          if (drawn !== true) {
            return drawn;
          }
          const [red, green, blue] = await this.#colour(above.locator('img'));
          const own = red > 140 && green < 110 && blue < 110;
          return own ? true : { notYet: `${red}, ${green}, ${blue}` };
        });
        if (!/^−\d+:\d\d$/.test((await above.innerText()).trim())) {
          throw new Error(`It is ${await above.innerText()}.`);
        }
        await screenshot(this.#max, 'thumbnails-live');
        await page.mouse.move(5, 5);
        await above.waitFor({ state: 'detached' });
      },
    );
    await this.check.that('thumbnails: and so is a finger, on a phone', async () => {
      await page.setViewportSize(PHONE);
      const box = await line.boundingBox();
      const at = { clientX: (box?.x ?? 0) + 20, clientY: (box?.y ?? 0) + 12 };
      await line.dispatchEvent('pointermove', { pointerType: 'touch', ...at });
      await eventually('a picture', () => this.#drawn(above.locator('img')));
      const place = await above.boundingBox();
      if (!place || place.x < 0 || place.x + place.width > PHONE.width) {
        throw new Error(`It stands at ${JSON.stringify(place)}.`);
      }
      await screenshot(this.#max, 'thumbnails-phone');
      await line.dispatchEvent('pointerleave', { pointerType: 'touch' });
      await above.waitFor({ state: 'detached' });
      await page.setViewportSize({ width: 1440, height: 900 });
    });
  }

  async #lists(): Promise<void> {
    await this.check.that(
      'thumbnails: the list of recordings shows a picture of each',
      async () => {
        await press(this.#ada, 'End class');
        const dialog = this.#ada.page.locator('amphi-dialog');
        await dialog.getByRole('button', { name: /End/ }).last().click();
        const poster = this.#ada.page.locator('amphi-recordings img');
        await poster.waitFor();
        await eventually('the poster', () => this.#drawn(poster));
        await screenshot(this.#ada, 'thumbnails-list');
      },
    );
  }

  async #watches(): Promise<void> {
    const { page } = this.#ada;
    await this.check.that('thumbnails: a recording’s time line needs no second video', async () => {
      await page.getByRole('link', { name: 'Watch recording 1' }).click();
      const line = page.getByRole('slider', { name: 'Position in the recording' });
      const above = page.locator('amphi-timeline .above');
      await line.waitFor();
      await eventually('a picture', async () => {
        await this.#point(page, line, 0.5);
        return this.#drawn(above.locator('img'));
      });
      if ((await page.locator('amphi-timeline video').count()) > 0) {
        throw new Error('There is a second video.');
      }
      await screenshot(this.#ada, 'thumbnails-recording');
    });
  }

  async #point(page: Page, line: Locator, part: number): Promise<void> {
    const box = await line.boundingBox();
    const jitter = Math.random(); // A mouse that does not move says nothing.
    const x = (box?.x ?? 0) + (box?.width ?? 0) * part + jitter;
    await page.mouse.move(x, (box?.y ?? 0) + 12);
  }

  /** Whether an image is there and was decoded, 256 pixels wide. */
  async #drawn(image: Locator): Promise<true | { notYet: string }> {
    if ((await image.count()) === 0) {
      return { notYet: 'no image' };
    }
    const width = await image.first().evaluate((img) => (img as HTMLImageElement).naturalWidth);
    return width === 256 ? true : { notYet: `${width} pixels` };
  }

  /** Of the middle of an image: red, green, blue. */
  #colour(image: Locator): Promise<[number, number, number]> {
    return image.first().evaluate((img) => {
      const canvas = document.createElement('canvas');
      canvas.width = 256;
      canvas.height = 144;
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      context.drawImage(img as HTMLImageElement, 0, 0);
      const [red = 0, green = 0, blue = 0] = context.getImageData(60, 72, 1, 1).data;
      return [red, green, blue] as [number, number, number];
    });
  }
}
