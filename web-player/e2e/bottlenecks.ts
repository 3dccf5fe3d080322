import { setTimeout as pause } from 'node:timers/promises';
import type { Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import type { Camera } from './fake-devices.ts';
import { between, height, inWords, received, type Received } from './received.ts';
import { ADA, withStageOfTwo, type StageOfTwo } from './stage-of-two.ts';
import type { UdpProxy, Weather } from './udp-proxy.ts';

/** Its largest layer takes more than 1 Mbit/s, its smallest up to 150 kbit/s. */
const CAMERA: Camera = { width: 1280, height: 720, lively: true };
const WATCHED_MS = 30_000;
const JUDGED_MS = 3_000;
const FINDS_MS = 45_000;
const RETURNS_MS = 60_000;
const narrow = (downKbps: number): Weather => ({ downKbps, delayMs: 25 });

/** One of two on stage has a link that carries little: what it can carry comes, and sound always. */
export async function bottlenecks(check: Check): Promise<void> {
  await withStageOfTwo(
    check,
    'Narrow',
    { seed: 20_261_122, camera: CAMERA, weather: narrow(300) },
    (stage) => scenarios(check, stage),
  );
}

async function scenarios(check: Check, stage: StageOfTwo): Promise<void> {
  const { ben, proxy } = stage;
  await tileOfAda(ben).evaluate((element) => {
    (element as HTMLElement).style.width = '1280px';
  });
  await check.that('who comes in over 300 kbit/s sees a small picture', async () => {
    await finds(stage, 'a small picture', 1, 360);
    await holds(stage);
  });
  await check.that('the link gets wide: the large picture comes', async () => {
    proxy.weather = narrow(3_000);
    await finds(stage, 'the large picture', 720, 720, RETURNS_MS);
    const before = await received(ben);
    await pause(JUDGED_MS);
    const { videoBytes } = between(before, await received(ben));
    const kbps = (videoBytes * 8) / JUDGED_MS;
    if (kbps < 350) {
      throw new Error(`The large picture takes ${Math.round(kbps)} kbit/s: no test for 300.`);
    }
  });
  await check.that('it falls to 300 kbit/s: a smaller picture goes on', async () => {
    proxy.weather = narrow(300);
    await finds(stage, 'a smaller picture', 1, 360);
    await holds(stage);
  });
  await check.that('at 60 kbit/s the picture rests, the tile says so, sound goes on', async () => {
    proxy.weather = narrow(60);
    const began = Date.now();
    await resting(ben).waitFor({ timeout: FINDS_MS });
    console.log(`    said after ${since(began)}`);
    await eventually('sound comes without loss', () => calm(proxy), FINDS_MS);
    const during = await watch(stage);
    if (during.concealed > 0.05 * during.samples || during.samples === 0) {
      throw new Error(`${during.concealed} of ${during.samples} samples were made up.`);
    }
    if (!(await resting(ben).isVisible())) {
      throw new Error('The tile does not say any more that the picture rests.');
    }
  });
  await check.that('lifted to 3 Mbit/s, the picture comes back', async () => {
    proxy.weather = narrow(3_000);
    const began = Date.now();
    const { frames } = await received(ben);
    await eventually(
      'pictures come again',
      async () => {
        const more = (await received(ben)).frames - frames;
        return more > 0 ? true : { notYet: 'none' };
      },
      RETURNS_MS,
    );
    console.log(`    first picture after ${since(began)}`);
    await resting(ben).waitFor({ state: 'hidden' });
    await finds(stage, 'the large picture', 720, 720, RETURNS_MS);
  });
}

const tileOfAda = (visitor: Visitor) =>
  visitor.page.locator('amphi-tile').filter({ hasText: ADA.name }).first();

const resting = (visitor: Visitor) =>
  tileOfAda(visitor).getByText('Paused: your connection is weak');

const since = (began: number): string => `${((Date.now() - began) / 1000).toFixed(1)} s`;

/** Waits until a picture of that height plays and hardly anything is lost. */
async function finds(
  { ben, proxy, seenByNode }: StageOfTwo,
  what: string,
  atLeast: number,
  atMost: number,
  patienceMs = FINDS_MS,
): Promise<void> {
  const began = Date.now();
  await eventually(
    what,
    async () => {
      const { frames } = await received(ben);
      const still = await calm(proxy);
      const more = (await received(ben)).frames - frames;
      const high = await height(ben);
      if (still === true && more > 0 && high >= atLeast && high <= atMost) {
        return true;
      }
      const seen = `${more} pictures of ${high} lines in ${JUDGED_MS} ms`;
      return { notYet: still === true ? seen : `${seen}, ${still.notYet}` };
    },
    patienceMs,
  );
  const estimate = (await seenByNode())?.bandwidth['estimate_bps'] ?? 0;
  console.log(
    `    ${what} (${await height(ben)} lines) after ${since(began)}, ` +
      `the last ${JUDGED_MS / 1000} of them without loss; estimate ${Math.round(estimate / 1000)} kbit/s`,
  );
}

/** Whether less than 2 % is lost during the next seconds. */
async function calm(proxy: UdpProxy): Promise<true | { notYet: string }> {
  const before = proxy.carried;
  await pause(JUDGED_MS);
  const after = proxy.carried;
  const [datagrams, lost] = [after.datagrams - before.datagrams, after.lost - before.lost];
  return lost < 0.02 * datagrams ? true : { notYet: `${lost} of ${datagrams} lost` };
}

async function watch({ ben, proxy, seenByNode }: StageOfTwo): Promise<Received> {
  const [before, carried, began] = [await received(ben), proxy.carried, performance.now()];
  await pause(WATCHED_MS);
  const during = between(before, await received(ben));
  const lost = proxy.carried.lost - carried.lost;
  const datagrams = proxy.carried.datagrams - carried.datagrams;
  const estimate = (await seenByNode())?.bandwidth['estimate_bps'] ?? 0;
  console.log(`    ${inWords(during, (performance.now() - began) / 1000)}`);
  console.log(
    `    the link lost ${lost} of ${datagrams} datagrams; estimate ${Math.round(estimate / 1000)} kbit/s`,
  );
  return during;
}

/** Over a longer time less than 2 % is lost, and the picture goes on. */
async function holds(stage: StageOfTwo): Promise<void> {
  const during = await watch(stage);
  const lost = during.videoLost + during.audioLost;
  const all = lost + during.videoPackets + during.audioPackets;
  if (lost >= 0.02 * all || during.frames < 10) {
    throw new Error(`${lost} of ${all} packets lost, ${during.frames} pictures.`);
  }
}
