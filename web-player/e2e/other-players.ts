import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPages, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { gstreamerPlays } from './gstreamer-player.ts';
import { startNode } from './node.ts';

/** Shaka, as far as it is asked here (its types need a DOM library of their own). */
interface Player {
  attach(video: HTMLVideoElement): Promise<void>;
  configure(settings: object): void;
  load(url: string): Promise<void>;
  destroy(): Promise<void>;
  addEventListener(type: 'error', heard: (event: { detail: { code: number } }) => void): void;
  isLive(): boolean;
  /** `liveLatency`: so many seconds the picture is behind what is drawn now, by the wall clock. */
  getStats(): { readonly liveLatency: number };
}

interface PlayerPage {
  shaka: { Player: new () => Player; polyfill: { installAll(): void } };
  player?: Player;
  errors: string[];
}

/** A second behind what it takes for the live edge, kept by the speed. */
const SETTINGS = {
  streaming: {
    lowLatencyMode: true,
    liveSync: { enabled: true, targetLatency: 1, targetLatencyTolerance: 0.2 },
  },
};

const PAGE = `<!doctype html><title>Another player</title>
<video muted autoplay playsinline width="640"></video><script src="/shaka.js"></script>`;

/** Players of other makes, in pages of another origin and without any, play the class. */
export async function otherPlayers(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-players-'));
  const node = await startNode(join(folder, 'data'), 'demo');
  const pages = await servePage();
  const { port } = pages.address() as AddressInfo;
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  const program = (name: string): string => new URL(`/hls/demo/${name}`, node.url).href;
  try {
    const viewer = await visit('Shaka', `http://127.0.0.1:${port}/`, []);
    visitors.push(viewer);
    await check.that('other players: Shaka plays DASH while segments are made', async () => {
      await load(viewer, program('low-latency.mpd'));
      await playsOn(viewer, 5);
      const { errors, latency, names } = await told(viewer);
      const growing = names.filter((name) => name.endsWith('.now.m4s')).length;
      console.log(`      ${latency} s behind what is drawn, ${growing} segments`);
      if (errors.length > 0 || growing < 6 || !names.some((name) => name.endsWith('/hls/time'))) {
        throw new Error(`errors: ${errors.join()}; asked for ${names.slice(-20).join()}`);
      }
    });
    await check.that('other players: Shaka plays low-latency HLS', async () => {
      // Of a class that has only just begun Shaka 5.2 asks for a segment without an address.
      await load(viewer, program('index.m3u8'));
      await playsOn(viewer, 5);
      const { names, errors } = await told(viewer);
      const parts = names.filter((name) => /\/\d+\.\d+\.m4s$/.test(name)).length;
      const waited = names.filter((name) => name.includes('_HLS_msn=')).length;
      console.log(`      ${parts} parts, ${waited} reloads that wait, errors: [${errors.join()}]`);
      if (errors.length > 0 || waited === 0) {
        throw new Error(`errors: ${errors.join()}; asked for ${names.slice(-20).join()}`);
      }
    });
    await viewer.browser.close();
    visitors.length = 0;
    await browserItself(check, visitors, port, program('index.m3u8'));
    await check.that('other players: GStreamer plays HLS', () =>
      gstreamerPlays(program('index.m3u8'), 5),
    );
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    pages.close();
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function browserItself(
  check: Check,
  visitors: Visitor[],
  port: number,
  url: string,
): Promise<void> {
  const name = 'other players: the browser’s own player plays HLS';
  const viewer = await visit('Native', `http://127.0.0.1:${port}/`, []);
  visitors.push(viewer);
  const video = viewer.page.locator('video');
  const can = await video.evaluate((element) =>
    (element as HTMLVideoElement).canPlayType('application/vnd.apple.mpegurl'),
  );
  if (!can) {
    check.skip(name, 'This Chromium has no HLS of its own.');
    return;
  }
  await check.that(name, async () => {
    await video.evaluate((element, src) => ((element as HTMLVideoElement).src = src), url);
    await playsOn(viewer, 5);
    const wrong = await video.evaluate((element) => (element as HTMLVideoElement).error?.message);
    if (wrong) {
      throw new Error(wrong);
    }
  });
}

/** Begins to play an address, with nothing left of the one before. */
async function load({ page }: Visitor, url: string): Promise<void> {
  await page.evaluate(
    async ({ url, settings }) => {
      const here = window as unknown as PlayerPage;
      await here.player?.destroy();
      here.shaka.polyfill.installAll();
      here.errors = [];
      performance.clearResourceTimings();
      performance.setResourceTimingBufferSize(2_000);
      const player = new here.shaka.Player();
      here.player = player;
      player.addEventListener('error', ({ detail }) => here.errors.push(`${detail.code}`));
      player.configure(settings);
      const video = document.querySelector('video');
      if (video) {
        await player.attach(video);
      }
      await player.load(url);
    },
    { url, settings: SETTINGS },
  );
}

/** What the player says of itself, and what it asked for. */
async function told({ page }: Visitor): Promise<{
  readonly errors: readonly string[];
  readonly latency: number;
  readonly names: readonly string[];
}> {
  return page.evaluate(() => {
    const { player, errors } = window as unknown as PlayerPage;
    const names = performance.getEntriesByType('resource').map(({ name }) => name);
    return { errors, latency: player?.getStats().liveLatency ?? 0, names };
  });
}

/** Waits until so many seconds more were shown. */
async function playsOn({ page }: Visitor, seconds: number): Promise<void> {
  const position = (): Promise<number> =>
    page.locator('video').evaluate((video) => (video as HTMLVideoElement).currentTime);
  let last = await position();
  let shown = 0;
  await eventually(`${seconds} s more are shown`, async () => {
    const now = await position();
    shown += Math.min(1, Math.max(0, now - last)); // A leap is not shown.
    last = now;
    return shown >= seconds ? true : { notYet: `${shown.toFixed(1)} s` };
  });
}

/** The page and the player, from an origin that is not the node's. */
async function servePage(): Promise<Server> {
  const shaka = readFileSync(createRequire(import.meta.url).resolve('shaka-player'));
  const server = createServer((request, response) => {
    const script = request.url === '/shaka.js';
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script ? shaka : PAGE);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
