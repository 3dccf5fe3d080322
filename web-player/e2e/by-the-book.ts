import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, type Check } from './check.ts';
import { HlsChecker } from './hls/checker.ts';
import { startNode, type RunningNode } from './node.ts';

const ROOM = 'demo';

/** A class whose picture changes and whose composer dies is still Low-Latency HLS by the book. */
export async function byTheBook(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-book-'));
  const node = await startNode(join(folder, 'data'), 'demo');
  try {
    const checker = await HlsChecker.watch(new URL(`/hls/${ROOM}/index.m3u8`, node.url));
    await check.that('by the book: the layout changes', async () => {
      const token = tokenOf(node);
      for (const layout of ['grid', 'speaker']) {
        await put(node, token, 'layout', { layout });
        await segments(checker, 2);
      }
    });
    await check.that('by the book: the composer dies, and the program goes on', async () => {
      const before = checker.discontinuities;
      process.kill(composerOf(node), 'SIGKILL');
      await eventually('the program is there again', async () =>
        checker.discontinuities > before ? true : { notYet: 'no discontinuity' },
      );
      await segments(checker, 3);
    });
    await check.that('by the book: nothing broke RFC 8216bis meanwhile', async () => {
      const { complaints, renditions, discontinuities, gaps } = await checker.stop();
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
      console.log(`      ${discontinuities} discontinuities, ${gaps} gaps`);
      if (complaints.length > 0) {
        throw new Error(complaints.join('\n'));
      }
    });
  } finally {
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
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

async function put(node: RunningNode, token: string, what: string, body: unknown): Promise<void> {
  const answer = await fetch(new URL(`/api/rooms/${ROOM}/${what}`, node.url), {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`PUT ${what} answers ${answer.status}: ${await answer.text()}`);
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
