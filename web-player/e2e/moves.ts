import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CHROMIUM, keepPages, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { OtherNetwork } from './network.ts';
import { startNode } from './node.ts';
import { growing, RECORDED } from './received.ts';
import { ADA, bringBoth, seeEachOther } from './stage-of-two.ts';
import { shownAgain, watchGaps } from './standstills.ts';

const CAMERA = { width: 320, height: 180, framesPerSecond: 30 };

/**
 * Back without a press, well before anybody would give up. How quickly is printed: the goal is 2 s,
 * but how long a busy machine takes for a new path says nothing about the page.
 */
const SOUND_MS = 20_000;
const PICTURE_MS = 20_000;

/** Has a page write down what its peer connections and its browser say of the network. */
const TOLD = `
  window.told = [];
  {
    const tell = (what) => window.told.push([performance.timeOrigin + performance.now(), what]);
    window.addEventListener('online', () => tell('online'));
    window.addEventListener('offline', () => tell('offline'));
    navigator.connection?.addEventListener('change', () => tell('connection change'));
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration) {
        super(configuration);
        this.addEventListener('connectionstatechange', () => tell('peer ' + this.connectionState));
        this.addEventListener('iceconnectionstatechange', () => tell('ice ' + this.iceConnectionState));
        this.addEventListener('icecandidate', ({ candidate }) => tell(candidate?.candidate ?? 'gathered'));
      }
      createOffer(options) {
        tell(options?.iceRestart ? 'offer with restart' : 'offer');
        return super.createOffer(options);
      }
      setRemoteDescription(description) {
        tell('answer');
        return super.setRemoteDescription(description);
      }
    };
    let heard = { packets: 0, at: 0 };
    setInterval(async () => {
      let packets = 0;
      for (const peer of window.peers) {
        for (const entry of (await peer.getStats()).values()) {
          packets += entry.type === 'inbound-rtp' && entry.kind === 'audio' ? entry.packetsReceived : 0;
        }
      }
      const at = performance.now();
      if (packets > heard.packets) {
        if (heard.at > 0 && at - heard.at > 300) {
          tell('sound again');
        }
        heard = { packets, at };
      }
    }, 50);
    window.WebSocket = class extends WebSocket {
      constructor(...all) {
        super(...all);
        tell('socket opens');
        this.addEventListener('open', () => tell('socket open'));
        this.addEventListener('close', ({ code }) => tell('socket closed ' + code));
      }
    };
  }`;

/** Somebody walks from one network into another, and loses all for a while. */
export async function moves(check: Check): Promise<void> {
  const missing = OtherNetwork.missing();
  if (missing) {
    check.skip('somebody changes the network', missing);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'amphi-move-'));
  const network = OtherNetwork.open();
  network.addSecondCable();
  const node = await startNode(join(folder, 'data'));
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    await network.letIn(Number(new URL(node.url).port), folder);
    const { ada, ben } = await bringBoth(
      {
        title: 'On the way',
        folder,
        camera: CAMERA,
        bens: { program: network.wrapper(CHROMIUM, folder), prepare: RECORDED + TOLD },
      },
      node,
      visitors,
    );
    await check.that('both see each other', () => seeEachOther(ada, ben));
    await watchGaps(ben, ADA.name);
    for (let time = 1; time <= 3; time++) {
      await check.that(`from one network into another and back, ${time}`, async () => {
        await back(ben, 'into another', () => network.move());
        await growing(ada);
        await back(ben, 'back again', () => network.moveBack());
        await growing(ada);
      });
    }
    await check.that('ten seconds without any network', async () => {
      network.dark(true);
      await pause(10_000);
      await back(ben, 'after the blackout', () => network.dark(false));
      await growing(ada);
    });
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    network.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * How long it takes until pictures come again; more is a failure.
 *
 * @param change does it, and says the address that the browser has then, where it is another
 */
async function back(visitor: Visitor, what: string, change: () => string | void): Promise<void> {
  await pause(3_000); // All is quiet before.
  const cut = performance.timeOrigin + performance.now();
  const address = change();
  const shown = await eventually<number>(
    `pictures come again ${what}`,
    async () => (await shownAgain(visitor, cut)) ?? { notYet: 'none' },
    60_000,
  );
  const told = await timeline(visitor, cut);
  const found = told.find(({ told }) => told === 'sound again')?.afterMs ?? 0;
  // Before the browser names it there is no path that anybody could find.
  const named = told.find(
    ({ told }) => told.startsWith('candidate:') && told.includes(` ${address} `),
  );
  console.log(
    `    ${what}: ` +
      (named ? `the browser knows its address ${Math.round(named.afterMs)} ms after, ` : '') +
      `sound ${Math.round(found)} ms after, pictures ${Math.round(shown)} ms after`,
  );
  // Sound shows the path; a picture may also wait for the estimate of what the new path carries.
  if (found > SOUND_MS || shown > PICTURE_MS) {
    throw new Error(`${what}: sound ${found} ms, pictures ${shown} ms after.`);
  }
}

/** What the page was told of the network meanwhile, for who looks for the time that it took. */
async function timeline(
  visitor: Visitor,
  since: number,
): Promise<{ readonly afterMs: number; readonly told: string }[]> {
  const all = await visitor.page.evaluate(() =>
    (window as unknown as { told: [number, string][] }).told.splice(0),
  );
  const after = all
    .filter(([at]) => at > since)
    .map(([at, told]) => ({ afterMs: at - since, told }));
  if (process.env['AMPHI_E2E_DEBUG']) {
    after.forEach(({ afterMs, told }) => console.log(`      ${Math.round(afterMs)} ms: ${told}`));
  }
  return after;
}
