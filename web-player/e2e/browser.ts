import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { OUT, type Check } from './check.ts';

export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** A page says no more than that in the log. */
const LINES_TOLD = 60;

/** A browser of its own: the fake camera and microphone belong to a whole process. */
export interface Visitor {
  readonly name: string;
  readonly page: Page;
  readonly browser: Browser;
}

/** Where a browser runs. */
export interface Place {
  /** What to start instead of Chromium itself. */
  readonly program?: string;
  /** A script that runs in each page before its own. */
  readonly prepare?: string;
  /** What the person's machine prefers; light unless told. */
  readonly colorScheme?: 'light' | 'dark';
}

export async function visit(
  name: string,
  url: string,
  devices: readonly string[],
  size = { width: 1440, height: 900 },
  place: Place = {},
): Promise<Visitor> {
  const browser = await chromium.launch({
    executablePath: place.program ?? CHROMIUM,
    args: [...SWITCHES, ...devices],
  });
  const page = await browser.newPage({
    viewport: size,
    colorScheme: place.colorScheme ?? 'light',
  });
  if (place.prepare) {
    await page.addInitScript(place.prepare);
  }
  page.setDefaultTimeout(60_000);
  const log = createWriteStream(join(OUT, `${name}.log`));
  page.on('console', (message) => log.write(`${message.type()} ${message.text()}\n`));
  page.on('pageerror', (error) => log.write(`pageerror ${error.stack ?? error.message}\n`));
  await page.goto(url);
  return { name, page, browser };
}

export async function screenshot(visitor: Visitor, name: string): Promise<void> {
  await visitor.page.screenshot({ path: join(OUT, `${name}-${visitor.name}.png`) });
}

/** Whatever fails from now on leaves a picture of each page, and what it says, in the log. */
export function keepPages(
  check: Check,
  visitors: readonly Visitor[],
  more: () => Promise<void> = () => Promise.resolve(),
): void {
  check.keepOnFailure(async (name) => {
    const here = visitors.filter(({ page }) => !page.isClosed());
    for (const visitor of here) {
      await tell(visitor).catch((error: unknown) => console.log(`      ${visitor.name}: ${error}`));
      await screenshot(visitor, name).catch(() => undefined); // The words are what counts.
    }
    await more();
  });
}

/** Prints what can be read and pressed on the page, as a screen reader would find it. */
async function tell({ name, page }: Visitor): Promise<void> {
  const said = await page.locator('body').ariaSnapshot({ timeout: 10_000 });
  const lines = said.split('\n').slice(0, LINES_TOLD);
  console.log(
    [`${name} at ${new URL(page.url()).pathname}:`, ...lines]
      .join('\n')
      .replaceAll(/^/gm, '      '),
  );
}

/** Presses the button of that name. */
export async function press(visitor: Visitor, name: string): Promise<void> {
  await visitor.page.getByRole('button', { name, exact: true }).first().click();
}

/** How many of the stage's tiles show a moving picture. */
export async function playingTiles(visitor: Visitor): Promise<number> {
  return visitor.page
    .locator('amphi-tile video')
    .evaluateAll(
      (videos) =>
        videos.filter(
          (video) => (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames > 0,
        ).length,
    );
}
