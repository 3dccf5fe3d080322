import { setTimeout as pause } from 'node:timers/promises';
import type { Visitor } from './browser.ts';
import type { Check } from './check.ts';
import type { Camera, Person } from './fake-devices.ts';
import { between, growing, inWords, received, type Received } from './received.ts';
import { byTheLink, standstills, watchGaps } from './standstills.ts';
import { ADA, BEN, seeEachOther, withStageOfTwo, type StageOfTwo } from './stage-of-two.ts';
import type { UdpProxy, Weather } from './udp-proxy.ts';

const CAMERA: Camera = { width: 320, height: 180, framesPerSecond: 30, lively: true };
const SETTLES_MS = 5_000;
const WATCHED_MS = 10_000;
const LONG_MS = 60_000;

/** Two people on stage, one of them over a link that gets worse and better again. */
export async function weakLinks(check: Check): Promise<void> {
  await withStageOfTwo(check, 'Rain and wind', { seed: 20_261_121, camera: CAMERA }, (stage) =>
    scenarios(check, stage),
  );
}

async function scenarios(check: Check, stage: StageOfTwo): Promise<void> {
  const { ada, ben, proxy } = stage;
  await check.that('both see each other over a clear link', () => seeEachOther(ada, ben));
  await watchGaps(ben, ADA.name);
  // A machine that is short of processors freezes pictures too: what counts is what the loss adds.
  let clear = { part: 0, longestMs: 0 };
  await check.that('100 ms round trip, nothing lost, to compare with', async () => {
    const before = await pauses(stage);
    clear = await standing(ben, proxy, { delayMs: 50 });
    await keptOn(stage, before);
  });
  await check.that('5 % lost at 100 ms round trip: hardly seen', async () => {
    const before = await pauses(stage);
    const { part, longestMs } = await standing(ben, proxy, { lossPercent: 5, delayMs: 50 });
    if (part - clear.part > 0.01 || longestMs > Math.max(500, clear.longestMs + 150)) {
      throw new Error(
        `The link froze the picture for ${part} of the time, ${longestMs} ms once; ` +
          `without loss for ${clear.part}, ${clear.longestMs} ms once.`,
      );
    }
    await keptOn(stage, before);
  });
  await check.that('15 % lost: speech is understood', async () => {
    const during = await over(ben, proxy, { lossPercent: 15, delayMs: 50 });
    if (during.concealed > 0.05 * during.samples) {
      throw new Error(`${during.concealed} of ${during.samples} samples were made up.`);
    }
  });
  await check.that('30 % lost, much of it out of order: the session lives', async () => {
    await over(ben, proxy, { lossPercent: 30, delayMs: 50, jitterMs: 40 });
    await tells(ada, BEN, 'poor');
    proxy.weather = {};
    await growing(ben);
    await tells(ada, BEN, 'good');
  });
  await check.that('dark for ten seconds: the picture is back', async () => {
    proxy.weather = { dark: true };
    await pause(10_000);
    proxy.weather = {};
    await growing(ben);
  });
  await check.that('the router forgets the address: the picture goes on', async () => {
    await proxy.rebind();
    await growing(ben);
    await growing(ada);
  });
}

/** How often the node let something rest for Ben, for want of bandwidth. */
async function pauses({ seenByNode }: StageOfTwo): Promise<number> {
  return (await seenByNode())?.pauses ?? 0;
}

/**
 * Of a camera that the node lets rest nothing comes for seconds, which by the pictures' timestamps
 * is no fault of the link. It is the node's own decision, whatever the machine had to do.
 */
async function keptOn(stage: StageOfTwo, before: number): Promise<void> {
  const rests = (await pauses(stage)) - before;
  if (rests > 0) {
    const { estimate_bps, narrow } = (await stage.seenByNode())?.bandwidth ?? {};
    throw new Error(
      `The node let the camera rest ${rests} times over a link without a bottleneck ` +
        `(estimate ${estimate_bps}, ${narrow}).`,
    );
  }
}

/** The bars beside a name say how that person's link does. */
async function tells(visitor: Visitor, person: Person, level: string): Promise<void> {
  await visitor.page
    .getByRole('listitem')
    .filter({ hasText: person.name })
    .getByRole('img', { name: `Connection: ${level}` })
    .first()
    .waitFor();
}

/** What came while the link was like this. */
async function over(visitor: Visitor, proxy: UdpProxy, weather: Weather): Promise<Received> {
  proxy.weather = weather;
  await pause(SETTLES_MS);
  const before = await received(visitor);
  const began = performance.now();
  await pause(WATCHED_MS);
  const during = between(before, await received(visitor));
  console.log(`    ${inWords(during, (performance.now() - began) / 1000)}`);
  return during;
}

/** The standstills of a minute; how long in all and the longest, of those that the link made. */
async function standing(
  visitor: Visitor,
  proxy: UdpProxy,
  weather: Weather,
): Promise<{ part: number; longestMs: number }> {
  proxy.weather = weather;
  await pause(SETTLES_MS);
  await standstills(visitor);
  const before = await received(visitor);
  await pause(LONG_MS);
  const all = await standstills(visitor);
  const during = between(before, await received(visitor));
  console.log(`    ${inWords(during, LONG_MS / 1000)}`);
  for (const { milliseconds, sourceMs, machineMs } of all) {
    console.log(
      `    stood still for ${Math.round(milliseconds)} ms: ${Math.round(sourceMs)} by the camera, ` +
        `${Math.round(machineMs)} by the machine`,
    );
  }
  const links = byTheLink(all);
  const part = links.reduce((sum, milliseconds) => sum + milliseconds, 0) / LONG_MS;
  const longestMs = Math.max(0, ...links);
  console.log(
    `    by the link: ${links.length}, ${(100 * part).toFixed(2)} % of the time, ${Math.round(longestMs)} ms at most`,
  );
  if (during.frames < (LONG_MS / 1000) * 10) {
    throw new Error(`Only ${during.frames} pictures came: the link was not tried.`);
  }
  return { part, longestMs };
}
