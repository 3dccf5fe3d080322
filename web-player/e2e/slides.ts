import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { keepPages, press, screenshot, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { startNode } from './node.ts';
import { Rest, type Room } from './rest.ts';

type Rgb = readonly [number, number, number];

/** Each page's ground, and its first line. */
const PAGES: readonly { readonly rgb: Rgb; readonly title: string }[] = [
  { rgb: [255, 255, 255], title: 'Lenses' },
  { rgb: [40, 90, 200], title: 'Mirrors' },
  { rgb: [240, 200, 60], title: 'Prisms' },
];
const TOLERANCE = 60;

/** A PDF by hand: a ground and a line of text on each page of 16:9. */
export function pdf(): string {
  const objects: string[] = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${PAGES.length}/Kids[${PAGES.map((_, i) => `${4 + 2 * i} 0 R`).join(' ')}]>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  PAGES.forEach(({ rgb, title }, index) => {
    const ground = rgb.map((value) => (value / 255).toFixed(3)).join(' ');
    const content = `${ground} rg 0 0 960 540 re f 0 g BT /F 60 Tf 80 420 Td (${title}) Tj ET`;
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 960 540]/Contents ${5 + 2 * index} 0 R/Resources<</Font<</F 3 0 R>>>>>>`,
      `<</Length ${content.length}>> stream\n${content}\nendstream`,
    );
  });
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj ${object} endobj\n`;
    return `${`${at}`.padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  return `${text}xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}trailer <</Root 1 0 R/Size ${size}>>\nstartxref\n${text.length}\n%%EOF\n`;
}

/** Drops a file onto the middle of the studio, as from a folder. */
export async function drop(
  { page }: Visitor,
  name: string,
  type: string,
  text: string,
): Promise<void> {
  await page.locator('main.middle').evaluate(
    (middle, file) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([file.text], file.name, { type: file.type }));
      for (const kind of ['dragover', 'drop']) {
        middle.dispatchEvent(
          new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }),
        );
      }
    },
    { name, type, text },
  );
}

/** The colour of a picture or a video at a place, from 0 to 1 each way. */
const colourAt = (shown: Locator, x: number, y: number): Promise<Rgb> =>
  shown.evaluate(
    (element, { x, y }) => {
      const picture = element as HTMLVideoElement | HTMLImageElement;
      const context = new OffscreenCanvas(1280, 720).getContext('2d', { willReadFrequently: true });
      context?.drawImage(picture, 0, 0, 1280, 720);
      const [red = 0, green = 0, blue = 0] =
        context?.getImageData(Math.round(x * 1280), Math.round(y * 720), 1, 1).data ?? [];
      return [red, green, blue] as const;
    },
    { x, y },
  );

const near = (a: Rgb, b: Rgb): boolean =>
  a.every((value, i) => Math.abs(value - (b[i] ?? 0)) <= TOLERANCE);

async function shows(what: string, shown: Locator, index: number): Promise<void> {
  const wanted = PAGES[index]!.rgb;
  await eventually(`${what} shows page ${index + 1}`, async () => {
    if ((await shown.count()) === 0) {
      return { notYet: 'nothing there' };
    }
    const seen = await colourAt(shown, 0.5, 0.6);
    return near(seen, wanted) ? true : { notYet: `rgb(${seen.join(',')})` };
  });
}

/** A teacher drops a PDF, turns its pages and draws; a student and the audience see it. */
export async function slides(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-e2e-'));
  const node = await startNode(join(folder, 'data'));
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    const rest = new Rest(node.url);
    const room = await rest.makeRoom('Optics', 'Ada');
    await teach(check, rest, room, node.url, visitors);
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function teach(
  check: Check,
  rest: Rest,
  room: Room,
  base: string,
  visitors: Visitor[],
): Promise<void> {
  const comeIn = async (name: string, url: string): Promise<Visitor> => {
    const visitor = await visit(name, new URL(url, base).href, []);
    visitors.push(visitor);
    await press(visitor, 'Enter with camera and microphone off');
    await visitor.page.getByRole('radio', { name: 'Board' }).waitFor();
    return visitor;
  };
  const ada = await comeIn('Ada', room.links.studio);
  const board = ({ page }: Visitor): Locator => page.locator('amphi-board img');

  await check.that('slides: what is no PDF is refused in words', async () => {
    await drop(ada, 'notes.txt', 'text/plain', 'Dear class');
    await ada.page.getByText('“notes.txt” is not a PDF').waitFor();
    await drop(ada, 'notes.pdf', 'application/pdf', 'Dear class');
    await ada.page.getByText('This file is not a PDF that can be read').waitFor();
  });
  await check.that('slides: a PDF that is dropped is there, for those on stage too', async () => {
    await drop(ada, 'optics.pdf', 'application/pdf', pdf());
    await ada.page.getByText('1 of 3 · Lenses').waitFor();
    await shows('Ada’s board', board(ada), 0);
    const max = await comeIn('Max', (await rest.token(room.id, 'Max', 'student')).url);
    await shows('Max’s board', board(max), 0);
  });
  const [, max] = visitors as [Visitor, Visitor];
  await check.that('slides: the audience sees the page, and the next by a key', async () => {
    await press(ada, 'Go live');
    const vera = await visit('Vera', new URL(room.links.watch, base).href, []);
    visitors.push(vera);
    const program = vera.page.locator('amphi-player video');
    await program.waitFor();
    await shows('the program', program, 0);
    await ada.page.keyboard.press('ArrowRight');
    await ada.page.getByText('2 of 3 · Mirrors').waitFor();
    await shows('Max’s board', board(max), 1);
    await shows('the program', program, 1);
  });
  await check.that('slides: a stroke is in the program, and stays with its page', async () => {
    const program = visitors[2]!.page.locator('amphi-player video');
    await ada.page.locator('amphi-board').getByRole('button', { name: 'Pen', exact: true }).click();
    const box = await ada.page.locator('amphi-board canvas').boundingBox();
    if (!box) {
      throw new Error('There is no board to draw on.');
    }
    const { mouse } = ada.page;
    await mouse.move(box.x + 0.2 * box.width, box.y + 0.5 * box.height);
    await mouse.down();
    await mouse.move(box.x + 0.8 * box.width, box.y + 0.5 * box.height, { steps: 20 });
    await mouse.up();
    const inked = (yes: boolean): Promise<unknown> =>
      eventually(`the program ${yes ? 'has' : 'has not'} the stroke`, async () => {
        const seen = await colourAt(program, 0.5, 0.5);
        const ground = PAGES.some(({ rgb }) => near(seen, rgb));
        return ground === !yes ? true : { notYet: `rgb(${seen.join(',')})` };
      });
    await inked(true);
    await screenshot(ada, 'slides-studio');
    await screenshot(visitors[2]!, 'slides-watch');
    await ada.page.keyboard.press('ArrowRight');
    await shows('the program', program, 2);
    await inked(false);
    await ada.page.keyboard.press('ArrowLeft');
    await shows('the program', program, 1);
    await inked(true);
  });
  await check.that('slides: taken down they are gone', async () => {
    await press(ada, 'Take the slides down');
    await eventually('nobody has a page', async () => {
      const counts = await Promise.all([ada, max].map((visitor) => board(visitor).count()));
      return counts.every((count) => count === 0) ? true : { notYet: counts.join() };
    });
  });
}
