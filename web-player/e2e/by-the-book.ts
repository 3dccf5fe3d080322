import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { keepPages, screenshot, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { HlsChecker } from './hls/checker.ts';
import { startNode, type RunningNode } from './node.ts';

const ROOM = 'demo';

/** A class whose picture changes and whose composer dies is still Low-Latency HLS by the book. */
export async function byTheBook(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-book-'));
  const node = await startNode(join(folder, 'data'), 'demo');
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    const checker = await HlsChecker.watch(new URL(`/hls/${ROOM}/index.m3u8`, node.url));
    const token = tokenOf(node);
    const viewer = await visit('Reader', new URL(`/watch/${ROOM}`, node.url).href, []);
    visitors.push(viewer);
    const video = viewer.page.locator('amphi-player video');
    await check.that('by the book: the layout changes', async () => {
      for (const layout of ['grid', 'speaker']) {
        await ask(node, token, 'PUT', 'layout', { layout });
        await segments(checker, 1);
      }
      await playsOn(video, 1);
    });
    await check.that('by the book: the player says how it is, and the node counts it', () =>
      eventually('reports of buffers and lines', async () => {
        const text = await (await fetch(new URL('/metrics', node.url))).text();
        const counts = ['reports_total', 'buffer_ms_count', 'throughput_bits_count'].map((name) =>
          Number(new RegExp(`^amphi_viewer_${name} (.+)$`, 'm').exec(text)?.[1] ?? 0),
        );
        return counts.every((count) => count > 0) ? true : { notYet: counts.join() };
      }).then(() => undefined),
    );
    const text = 'Light <bends> & splits.';
    await check.that('by the book: what is said is taken as captions', async () => {
      const until = new Date(Date.now() + 28_000).toISOString();
      await ask(node, token, 'POST', 'cues', { text, until });
    });
    await check.that('by the book: a button writes them over the picture', async () => {
      const said = viewer.page.locator('amphi-player').getByText(text, { exact: true });
      const captions = viewer.page.getByRole('button', { name: 'Captions' });
      await captions.waitFor();
      if (await said.isVisible()) {
        throw new Error('They are there before anybody asked for them.');
      }
      await viewer.page.locator('amphi-player').hover();
      await captions.click();
      await said.waitFor();
      await screenshot(viewer, 'captions');
    });
    await check.that('by the book: the composer dies, and the program goes on', async () => {
      const before = checker.discontinuities;
      process.kill(composerOf(node), 'SIGKILL');
      await eventually('the program is there again', async () =>
        checker.discontinuities > before ? true : { notYet: 'no discontinuity' },
      );
      await segments(checker, 3);
    });
    await check.that('by the book: whoever watches sees it go on', () => playsOn(video, 4));
    await check.that('by the book: nothing broke RFC 8216bis meanwhile', async () => {
      const { complaints, renditions, discontinuities, gaps, pictures, words } =
        await checker.stop();
      for (const [name, figures] of renditions) {
        console.log(
          `      ${name}: ${Object.entries(figures)
            .map(([what, count]) => `${what} ${Math.round(count)}`)
            .join(', ')}`,
        );
        if (figures.parts < 30 || figures.hints < 20 || figures.reloads < 20) {
          throw new Error(`Too little was seen of ${name}.`);
        }
      }
      console.log(`      ${discontinuities} discontinuities, ${gaps} gaps, ${pictures} pictures`);
      if (pictures < 5 || !words.includes('Light &lt;bends&gt; &amp; splits.')) {
        throw new Error(`${pictures} pictures were found, and these captions: ${words}`);
      }
      if (complaints.length > 0) {
        throw new Error(complaints.join('\n'));
      }
    });
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until so many seconds more were played. */
async function playsOn(video: Locator, seconds: number): Promise<void> {
  const position = (): Promise<number> =>
    video.evaluate((element) => (element as HTMLVideoElement).currentTime);
  const before = await position();
  await eventually(`${seconds} s more are played`, async () => {
    const more = (await position()) - before;
    return more >= seconds ? true : { notYet: `${more.toFixed(1)} s` };
  });
}

/** Waits for that many whole segments more. */
async function segments(checker: HlsChecker, more: number): Promise<void> {
  const until = checker.wholeSegments + more;
  await eventually(`${more} segments more`, async () =>
    checker.wholeSegments >= until ? true : { notYet: `segment ${checker.wholeSegments}` },
  );
}

/** The instructor's token, as it stands in the link that the demo prints. */
function tokenOf(node: RunningNode): string {
  const token = /^Studio:\s+\S+#token=(\S+)$/m.exec(node.printed)?.[1];
  if (!token) {
    throw new Error(`The demo printed no Studio link:\n${node.printed}`);
  }
  return decodeURIComponent(token);
}

async function ask(
  node: RunningNode,
  token: string,
  method: string,
  what: string,
  body: unknown,
): Promise<void> {
  const answer = await fetch(new URL(`/api/rooms/${ROOM}/${what}`, node.url), {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`${method} ${what} answers ${answer.status}: ${await answer.text()}`);
  }
}

/** The process that makes the program: of those that wait for one, the one that has worked. */
function composerOf(node: RunningNode): number {
  const threads = readdirSync(`/proc/${node.pid}/task`);
  const children = threads.flatMap((thread) =>
    readFileSync(`/proc/${node.pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
  );
  const composers = children.filter((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('\0dev.amphi.composer.process.'),
  );
  const busiest = composers.sort((a, b) => cpuTicks(b) - cpuTicks(a))[0];
  if (!busiest) {
    throw new Error(`The node ${node.pid} has no composer among ${children.join()}.`);
  }
  return Number(busiest);
}

function cpuTicks(pid: string): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}
