import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPages, press, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { startNode } from './node.ts';
import { showsEach } from './program.ts';
import { Rest } from './rest.ts';

const ADA: Person = { name: 'Ada', rgb: [200, 40, 40], hertz: 440 };
const BEN: Person = { name: 'Ben', rgb: [40, 160, 60], hertz: 700 };
const CLEO: Person = { name: 'Cleo', rgb: [50, 70, 210], hertz: 1130 };
const DORA: Person = { name: 'Dora', rgb: [200, 180, 40], hertz: 1500 };
const CAMERA = { width: 1280, height: 720 };

/** Keeps hold of the page's peer connections. */
export const WATCH_PEERS = `
  window.peers = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration) {
      super(configuration);
      window.peers.push(this);
    }
  };`;

/** Prefers a coding, with its layers inside one stream, to the page's simulcast. */
const prefer = (name: string, scalabilityMode: string): string => `
  const add = RTCPeerConnection.prototype.addTransceiver;
  RTCPeerConnection.prototype.addTransceiver = function (track, init) {
    if (track.kind !== 'video') {
      return add.call(this, track, init);
    }
    const sendEncodings = [{ scalabilityMode: '${scalabilityMode}', maxBitrate: 2500000 }];
    const transceiver = add.call(this, track, { ...init, sendEncodings });
    const { codecs } = RTCRtpReceiver.getCapabilities('video');
    const first = codecs.filter(({ mimeType }) => mimeType === 'video/${name}');
    const others = codecs.filter((codec) => !first.includes(codec));
    transceiver.setCodecPreferences([...first, ...others]);
    return transceiver;
  };`;

interface Received {
  readonly frameHeight: number;
  readonly framesDecoded: number;
  readonly freezeCount: number;
  readonly codec: string;
}

/** One simulcast publisher; a subscriber that shows it as a thumbnail, then large. */
export async function layers(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-layers-'));
  const node = await startNode(join(folder, 'data'));
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    const rest = new Rest(node.url);
    const room = await rest.makeRoom('Large and small', ADA.name);
    const come = async (
      person: Person,
      url: string,
      camera = CAMERA,
      prepare = '',
    ): Promise<Visitor> => {
      const visitor = await visit(
        person.name,
        url,
        fakeDevices(person, folder, camera),
        { width: 1440, height: 900 },
        { prepare: WATCH_PEERS + prepare },
      );
      visitors.push(visitor);
      await press(visitor, 'Turn on camera and microphone');
      await press(visitor, 'Enter the studio');
      return visitor;
    };
    const ada = await come(ADA, room.links.studio);
    await check.that('a camera is published in three layers', async () => {
      await eventually('three layers are offered and taken', async () => {
        const rids = (await sent(ada)).map(({ rid }) => rid);
        return rids.join() === 'f,h,q' ? true : { notYet: rids.join() };
      });
    });
    const { url } = await rest.token(room.id, BEN.name, 'student');
    const small = { width: 320, height: 180 };
    const ben = await come(BEN, new URL(url, node.url).href, small, prefer('VP9', 'L2T2_KEY'));
    await check.that('a thumbnail gets the small layer', () => shows(ben, 160, 180));
    const before = await received(ben);
    await check.that('a large tile gets the large layer', () => shows(ben, 1280, 720));
    await check.that('a middling one the one between', () => shows(ben, 600, 360));
    await check.that('and the picture went on', async () => {
      const after = await received(ben);
      // One short stop may be the machine's; that none is the change's is shown in virtual time.
      const stops = after.freezeCount - before.freezeCount;
      if (after.framesDecoded <= before.framesDecoded || stops > 1) {
        throw new Error(`Before ${JSON.stringify(before)}, after ${JSON.stringify(after)}.`);
      }
    });
    await check.that('a layer that nobody needs rests', async () => {
      await shows(ben, 160, 180);
      await eventually('the middle layer is off', async () => {
        const active = (await sent(ada)).map((layer) => `${layer.rid} ${layer.active}`).join();
        return active === 'f true,h false,q true' ? true : { notYet: active };
      });
      await shows(ben, 600, 360);
    });
    await leave(ada);
    await check.that('the layers inside one VP9 stream are chosen alike', async () => {
      const cleo = (await rest.token(room.id, CLEO.name, 'student')).url;
      await come(CLEO, new URL(cleo, node.url).href, CAMERA, prefer('VP9', 'L3T3_KEY'));
      await shows(ben, 160, 180, CLEO);
      // Two cores may not code the third layer too: then the browser leaves it out.
      await shows(ben, 1280, 'more than 180', CLEO);
      await shows(ben, 160, 180, CLEO);
    });
    await leave(visitors.at(-1) ?? ben);
    await check.that('the layers inside one AV1 stream are chosen alike', async () => {
      const camera = { width: 640, height: 360 };
      const dora = (await rest.token(room.id, DORA.name, 'student')).url;
      await come(DORA, new URL(dora, node.url).href, camera, prefer('AV1', 'L2T2_KEY'));
      await shows(ben, 160, 180, DORA);
      await shows(ben, 1280, 360, DORA);
      await shows(ben, 160, 180, DORA);
      const { codec } = await received(ben);
      if (codec !== 'video/AV1') {
        throw new Error(`The picture came as ${codec}.`);
      }
    });
    await check.that('the program shows who sends VP9 and who sends AV1', async () => {
      const senders = [ben, visitors.at(-1) ?? ben];
      const audience = { ...ben, name: 'Audience', page: await ben.browser.newPage() };
      visitors.push(audience);
      const codecs = (await Promise.all(senders.map(sentCodec))).join();
      if (codecs !== 'video/VP9,video/AV1') {
        throw new Error(`They send ${codecs}.`);
      }
      await rest.layout(room.id, 'grid', null);
      await rest.live(room.id);
      await eventually('the two are alone on stage', async () => {
        const names = (await rest.participants(room.id)).map(({ name }) => name).join();
        return names === 'Ben,Dora' ? true : { notYet: names };
      });
      await audience.page.goto(room.links.watch);
      await showsEach(audience.page.locator('amphi-player video'), [
        { at: '8,184 628×352', person: BEN },
        { at: '644,184 628×352', person: DORA },
      ]);
    });
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Goes from the stage at once, and not when the grace period is over. */
async function leave(visitor: Visitor): Promise<void> {
  await press(visitor, 'Leave');
  await visitor.page.locator('amphi-dialog#leave button.primary').click();
  await visitor.page.getByText('You left the studio').waitFor();
  await visitor.browser.close();
}

/** Makes the other's tile so wide and waits until its picture comes so high, and goes on. */
async function shows(
  visitor: Visitor,
  width: number,
  height: number | 'more than 180',
  whom: Person = ADA,
): Promise<void> {
  const began = Date.now();
  const tile = visitor.page.locator('amphi-tile').filter({ hasText: whom.name }).first();
  await tile.evaluate((element, pixels) => {
    (element as HTMLElement).style.width = `${pixels}px`;
  }, width);
  let framesBefore = -1;
  await eventually(`a tile of ${width} pixels gets ${height} lines`, async () => {
    const now = await received(visitor);
    if (process.env['AMPHI_E2E_DEBUG']) {
      console.log(Date.now() - began, width, JSON.stringify(now));
    }
    const goesOn = framesBefore >= 0 && now.framesDecoded > framesBefore + 5;
    framesBefore = framesBefore < 0 ? now.framesDecoded : framesBefore;
    const fits = typeof height === 'number' ? now.frameHeight === height : now.frameHeight > 180;
    return fits && goesOn ? true : { notYet: JSON.stringify(now) };
  });
}

/** What the visitor receives of the picture that came last. */
async function received(visitor: Visitor): Promise<Received> {
  return visitor.page.evaluate(async () => {
    const { peers } = window as unknown as { peers: RTCPeerConnection[] };
    const found = { frameHeight: 0, framesDecoded: 0, freezeCount: 0, codec: '', at: 0 };
    const stats = await peers.at(-1)?.getStats();
    stats?.forEach((report) => {
      const newest = (report.lastPacketReceivedTimestamp ?? 0) > found.at;
      if (report.type === 'inbound-rtp' && report.kind === 'video' && newest) {
        found.frameHeight = report.frameHeight ?? 0;
        found.framesDecoded = report.framesDecoded ?? 0;
        found.freezeCount = report.freezeCount ?? 0;
        found.codec = stats.get(report.codecId ?? '')?.mimeType ?? '';
        found.at = report.lastPacketReceivedTimestamp;
      }
    });
    return found;
  });
}

/** A layer that a browser sends, as it says itself. */
export interface Sent {
  readonly rid: string;
  readonly active: boolean;
  readonly frames: number;
  /** 0 as long as nothing of it was coded. */
  readonly height: number;
  /** What holds it back, and what the browser believes that its link carries. */
  readonly why: string;
}

/** The layers that the visitor sends. */
export async function sent(visitor: Visitor): Promise<Sent[]> {
  return visitor.page.evaluate(async () => {
    const { peers } = window as unknown as { peers: RTCPeerConnection[] };
    const found: { rid: string; active: boolean; frames: number; height: number; why: string }[] =
      [];
    const stats = [...((await peers.at(-1)?.getStats())?.values() ?? [])];
    const pair = stats.find(({ type, nominated }) => type === 'candidate-pair' && nominated);
    for (const report of stats) {
      if (report.type === 'outbound-rtp' && report.kind === 'video') {
        const { rid = '', active = true, framesSent: frames = 0, frameHeight: height = 0 } = report;
        const why = `${report.qualityLimitationReason}, ${Math.round((pair?.availableOutgoingBitrate ?? 0) / 1000)} kbit/s`;
        found.push({ rid, active, frames, height, why });
      }
    }
    return found.sort((a, b) => a.rid.localeCompare(b.rid));
  });
}

/** The coding of the picture that the visitor sends. */
async function sentCodec({ page }: Visitor): Promise<string> {
  return page.evaluate(async () => {
    const { peers } = window as unknown as { peers: RTCPeerConnection[] };
    const stats = await peers.at(-1)?.getStats();
    let found = '';
    stats?.forEach((report) => {
      if (report.type === 'outbound-rtp' && report.kind === 'video') {
        found = stats.get(report.codecId ?? '')?.mimeType ?? found;
      }
    });
    return found;
  });
}
