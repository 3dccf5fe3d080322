import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPages, screenshot, visit, type Visitor } from './browser.ts';
import { eventually, OUT, type Check } from './check.ts';
import { startNode, type RunningNode } from './node.ts';
import { moving, restartIce, watchByWhep } from './whep.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const IMAGES = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'images');

/** What a newcomer meets after `./amphi demo`: both links work, on a desk and on a phone. */
export async function demoClass(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-demo-'));
  const node = await startNode(join(folder, 'data'), 'demo');
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    await lookAround(check, node, visitors);
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function lookAround(check: Check, node: RunningNode, visitors: Visitor[]): Promise<void> {
  const open = async (name: string, url: string, size = DESKTOP): Promise<Visitor> => {
    const visitor = await visit(name, url, [], size, { colorScheme: 'dark' });
    visitors.push(visitor);
    return visitor;
  };
  await check.that('the demo is on the air when it says that it is ready', async () => {
    for (const [name, size] of [
      ['watch', DESKTOP],
      ['watch-phone', PHONE],
    ] as const) {
      const viewer = await open(name, printedLink(node, 'Watch'), size);
      await moves(viewer, 'amphi-player video');
      await viewer.page.locator('amphi-player').hover();
      await keep(viewer);
      await viewer.browser.close();
    }
  });
  await check.that('a page of a few lines shows the program over WHEP', async () => {
    const viewer = await open('whep', node.url);
    const { shown, session } = await watchByWhep(viewer, `${node.url}/whep/demo`);
    if (shown !== 'rendition=720p; sound=everybody') {
      throw new Error(`The server says that it shows: ${shown}`);
    }
    const seen = await moving(viewer, 20, 1280);
    console.log(`      ${seen.framesPerSecond.toFixed(1)} frames a second of ${seen.width} pixels`);
    if (seen.soundSamples === 0) {
      throw new Error(`The page receives ${JSON.stringify(seen)}`);
    }
    await restartIce(viewer, session);
    await moving(viewer, 20, 640);
    await screenshot(viewer, 'demo');
    const gone = await fetch(session, { method: 'DELETE' });
    if (gone.status !== 200) {
      throw new Error(`DELETE answers ${gone.status}: ${await gone.text()}`);
    }
    await viewer.browser.close();
  });
  await check.that('the studio link leads on stage without a camera too', async () => {
    const guest = await open('studio', printedLink(node, 'Studio'));
    await guest.page.getByRole('button', { name: 'Enter with camera and microphone off' }).click();
    await moves(guest, 'amphi-program video');
    await moves(guest, 'amphi-tile video');
    await guest.page.locator('amphi-tile .bars').first().waitFor();
    await keep(guest);
  });
  await check.that('the first page offers to make or to join a class', async () => {
    const newcomer = await open('landing', node.url);
    await newcomer.page.getByRole('button', { name: /Start/ }).first().waitFor();
    await keep(newcomer);
  });
  await check.that('and so does any address that is none, in words', async () => {
    const lost = await open('lost', new URL('/studo/demo', node.url).href);
    await lost.page.getByText('There is nothing at this address.').waitFor();
    await lost.page.getByRole('button', { name: 'Join' }).waitFor();
  });
}

function printedLink(node: RunningNode, label: string): string {
  const link = new RegExp(`^${label}:\\s+(\\S+)$`, 'm').exec(node.printed)?.[1];
  if (!link) {
    throw new Error(`The demo printed no ${label} link:\n${node.printed}`);
  }
  return link;
}

/** Waits until a video has shown a second of moving picture. */
async function moves(visitor: Visitor, selector: string): Promise<void> {
  const video = visitor.page.locator(selector).first();
  await video.waitFor();
  await eventually(`${selector} moves`, async () => {
    const frames = await video.evaluate(
      (element) => (element as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames,
    );
    return frames >= 30 ? true : { notYet: `${frames} frames` };
  });
}

/** Keeps the picture for the reader of the run, and for README's readers when asked. */
async function keep(visitor: Visitor): Promise<void> {
  await screenshot(visitor, 'demo');
  if (process.env['UPDATE_SCREENSHOTS']) {
    mkdirSync(IMAGES, { recursive: true });
    copyFileSync(join(OUT, `demo-${visitor.name}.png`), join(IMAGES, `${visitor.name}.png`));
  }
}
