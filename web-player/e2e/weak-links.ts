import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { playingTiles, press, screenshot, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { startNode } from './node.ts';
import { Rest } from './rest.ts';
import { UdpProxy, type Weather } from './udp-proxy.ts';

const ADA: Person = { name: 'Ada', rgb: [200, 40, 40], hertz: 440 };
const BEN: Person = { name: 'Ben', rgb: [40, 160, 60], hertz: 700 };
const WATCHED_MS = 10_000;

/** The page's peer connections can be asked. */
const RECORDED = `
  window.peers = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration) {
      super(configuration);
      window.peers.push(this);
    }
  };`;

/** The page takes the proxy for the node, and its peer connections can be asked. */
const behind = (port: number): string => `
  window.peers = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration) {
      super(configuration);
      window.peers.push(this);
    }
    setRemoteDescription(description) {
      let first = true;
      const sdp = description.sdp
        .split('\\r\\n')
        .filter((line) => !line.startsWith('a=candidate:') || (first && !(first = false)))
        .map((line) => line.startsWith('a=candidate:')
          ? 'a=candidate:1 1 udp 2130706431 127.0.0.1 ${port} typ host'
          : line)
        .join('\\r\\n');
      return super.setRemoteDescription({ type: description.type, sdp });
    }
  };`;

/** What a browser's statistics say of what it receives. */
interface Received {
  readonly frames: number;
  readonly freezes: number;
  readonly frozenSeconds: number;
  readonly concealed: number;
  readonly samples: number;
}

/** Two people on stage, one of them over a link that gets worse and better again. */
export async function weakLinks(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-weak-'));
  const node = await startNode(join(folder, 'data'));
  const visitors: Visitor[] = [];
  check.keepOnFailure(async (name) => {
    await Promise.all(visitors.map((visitor) => screenshot(visitor, name)));
  });
  const proxy = await UdpProxy.open(node.mediaPort, 20_261_121);
  try {
    const rest = new Rest(node.url);
    const room = await rest.makeRoom('Rain and wind', ADA.name);
    const ada = await visit(ADA.name, room.links.studio, fakeDevices(ADA, folder), undefined, {
      prepare: RECORDED,
    });
    visitors.push(ada);
    await enter(ada);
    const { url } = await rest.token(room.id, BEN.name, 'student');
    const ben = await visit(
      BEN.name,
      new URL(url, node.url).href,
      fakeDevices(BEN, folder),
      undefined,
      { prepare: behind(proxy.port) },
    );
    visitors.push(ben);
    await enter(ben);
    await scenarios(check, ada, ben, proxy);
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    proxy.close();
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function scenarios(check: Check, ada: Visitor, ben: Visitor, proxy: UdpProxy): Promise<void> {
  await check.that('both see each other over a clear link', () => seeEachOther(ada, ben));
  await check.that('5 % lost at 100 ms round trip: the picture goes on', async () => {
    const during = await over(ben, proxy, { lossPercent: 5, delayMs: 50 });
    // A busy machine freezes pictures too: how few it can be is shown in virtual time.
    if (during.frozenSeconds > 0.2 * (WATCHED_MS / 1000) || during.frames < 30) {
      throw new Error(`${during.frames} frames, frozen ${during.frozenSeconds} s of 10 s.`);
    }
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
  await pause(2_000);
  const before = await received(visitor);
  await pause(WATCHED_MS);
  const after = await received(visitor);
  return {
    frames: after.frames - before.frames,
    freezes: after.freezes - before.freezes,
    frozenSeconds: after.frozenSeconds - before.frozenSeconds,
    concealed: after.concealed - before.concealed,
    samples: after.samples - before.samples,
  };
}

/** Waits until ten more frames were decoded. */
async function growing(visitor: Visitor): Promise<void> {
  const { frames } = await received(visitor);
  await eventually(`${visitor.name} sees new pictures`, async () => {
    const now = (await received(visitor)).frames;
    return now > frames + 10 ? true : { notYet: `${now - frames} more` };
  });
}

async function received(visitor: Visitor): Promise<Received> {
  return visitor.page.evaluate(async () => {
    const { peers } = window as unknown as { peers: RTCPeerConnection[] };
    const sum = { frames: 0, freezes: 0, frozenSeconds: 0, concealed: 0, samples: 0 };
    for (const peer of peers.filter(({ connectionState }) => connectionState !== 'closed')) {
      for (const entry of (await peer.getStats()).values() as Iterable<Record<string, unknown>>) {
        if (entry['type'] !== 'inbound-rtp') {
          continue;
        }
        const number = (name: string): number => Number(entry[name] ?? 0);
        if (entry['kind'] === 'video') {
          sum.frames += number('framesDecoded');
          sum.freezes += number('freezeCount');
          sum.frozenSeconds += number('totalFreezesDuration');
        } else {
          sum.concealed += number('concealedSamples') - number('silentConcealedSamples');
          sum.samples += number('totalSamplesReceived');
        }
      }
    }
    return sum;
  });
}

async function enter(visitor: Visitor): Promise<void> {
  await press(visitor, 'Turn on camera and microphone');
  await press(visitor, 'Enter the studio');
}

async function seeEachOther(...both: Visitor[]): Promise<void> {
  await eventually('both see each other', async () => {
    const playing = await Promise.all(both.map(playingTiles));
    return playing.every((count) => count >= 2) ? true : { notYet: playing.join(' and ') };
  });
}
