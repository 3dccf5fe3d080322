import { mkdtempSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPages, type Place, playingTiles, press, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Camera, type Person } from './fake-devices.ts';
import { startNode, type RunningNode } from './node.ts';
import { behind, RECORDED } from './received.ts';
import { Rest, type Pipeline, type Room } from './rest.ts';
import { UdpProxy, type Weather } from './udp-proxy.ts';

export const ADA: Person = { name: 'Ada', rgb: [200, 40, 40], hertz: 440 };
export const BEN: Person = { name: 'Ben', rgb: [40, 160, 60], hertz: 700 };

/** Two people on stage; Ben's link to the node goes through the proxy. */
export interface StageOfTwo {
  readonly ada: Visitor;
  readonly ben: Visitor;
  readonly proxy: UdpProxy;
  /** What the node says of Ben's media. */
  readonly seenByNode: () => Promise<Pipeline['participants'][number]['media']>;
}

interface Link {
  readonly seed: number;
  /** Ada's. */
  readonly camera?: Camera;
  /** What Ben's link is like from the start. */
  readonly weather?: Weather;
}

interface Both {
  readonly title: string;
  /** For what their cameras and microphones bring. */
  readonly folder: string;
  /** Ada's. */
  readonly camera: Camera | undefined;
  /** Where Ben's browser runs. */
  readonly bens: Place;
}

/** Ada makes a class and enters it, then Ben comes; each is among the visitors once there. */
export async function bringBoth(
  { title, folder, camera, bens }: Both,
  node: RunningNode,
  visitors: Visitor[],
): Promise<{
  readonly rest: Rest;
  readonly room: Room;
  readonly ada: Visitor;
  readonly ben: Visitor;
}> {
  const rest = new Rest(node.url);
  const room = await rest.makeRoom(title, ADA.name);
  const bring = async (person: Person, url: string, its: Camera | undefined, place: Place) => {
    const visitor = await visit(
      person.name,
      url,
      fakeDevices(person, folder, its),
      undefined,
      place,
    );
    visitors.push(visitor);
    await enter(visitor);
    return visitor;
  };
  const ada = await bring(ADA, room.links.studio, camera, { prepare: RECORDED });
  const { url } = await rest.token(room.id, BEN.name, 'student');
  const ben = await bring(BEN, new URL(url, node.url).href, undefined, bens);
  return { rest, room, ada, ben };
}

/** Brings both on stage, lets them be, and takes everything down again. */
export async function withStageOfTwo(
  check: Check,
  title: string,
  { seed, camera, weather = {} }: Link,
  run: (stage: StageOfTwo) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-two-'));
  const node = await startNode(join(folder, 'data'));
  const visitors: Visitor[] = [];
  let describe = (): Promise<void> => Promise.resolve();
  keepPages(check, visitors, describe);
  const proxy = await UdpProxy.open(node.mediaPort, seed);
  proxy.weather = weather;
  try {
    const { rest, room, ada, ben } = await bringBoth(
      { title, folder, camera, bens: { prepare: RECORDED + behind(proxy.port) } },
      node,
      visitors,
    );
    const seenByNode = async () => {
      const [present, { participants }] = await Promise.all([
        rest.participants(room.id),
        rest.pipeline(room.id),
      ]);
      const { id } = present.find(({ name }) => name === BEN.name) ?? {};
      return participants.find((participant) => participant.id === id)?.media;
    };
    describe = async () => {
      const { participants } = await rest.pipeline(room.id);
      participants.forEach(({ id, media }) => console.log(inOneLine(id, media)));
      for (const { name, page } of visitors) {
        const alerts = await page.getByRole('alert').allInnerTexts();
        console.log(`      ${name}'s page says: ${alerts.join(' ') || 'nothing is wrong'}`);
      }
    };
    hurryLink(true);
    const watching = process.env['AMPHI_E2E_DEBUG'] ? trace(seenByNode, proxy) : undefined;
    await run({ ada, ben, proxy, seenByNode }).finally(() => {
      hurryLink(false);
      clearInterval(watching);
    });
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    proxy.close();
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The link runs in this process and must not stand still when browsers want both cores: what piles
 * up meanwhile would overflow its queue. Only after all else was started, which would inherit it.
 */
function hurryLink(on: boolean): void {
  try {
    setPriority(on ? constants.priority.PRIORITY_HIGHEST : constants.priority.PRIORITY_NORMAL);
  } catch {
    // Not root: then the figures have more noise.
  }
}

/** For the reader of a run that failed elsewhere: what comes from somebody, and what goes there. */
function inOneLine(id: string, media: Pipeline['participants'][number]['media']): string {
  const published = media?.publishes.flatMap(({ track, encodings }) =>
    encodings.map(
      ({ rid, live, received }) =>
        `${track.source} ${rid} ${live ? '' : 'not live, '}${received['packets']} packets, ` +
        `${received['key_frames']} of ${received['key_frame_requests']} key frames`,
    ),
  );
  const slots = media?.slots.map(
    ({ mid, shows, limit, hidden, view_height, waits_for_key_frame, sent }) =>
      `slot ${mid} ${shows ? '' : 'empty, '}${hidden ? 'hidden, ' : ''}` +
      `${waits_for_key_frame ? 'waits, ' : ''}limit ${limit}, ${view_height} px, ` +
      `${sent['packets']} packets, ${sent['switches']} switches`,
  );
  const { estimate_bps, narrow } = media?.bandwidth ?? {};
  return `      ${id}: ${[...(published ?? []), ...(slots ?? [])].join('; ')}; estimate ${estimate_bps}, ${narrow}`;
}

/** Prints each second what the node thinks of Ben's link. */
function trace(seenByNode: StageOfTwo['seenByNode'], proxy: UdpProxy): NodeJS.Timeout {
  const began = Date.now();
  return setInterval(async () => {
    const media = await seenByNode().catch(() => undefined);
    const { bandwidth = {} } = media ?? {};
    const kbps = (name: string): number => Math.round((bandwidth[name] ?? 0) / 1000);
    const slot = media?.slots.findLast(({ layers }) => layers.length > 0);
    const { datagrams, lost } = proxy.carried;
    console.log(
      `      ${((Date.now() - began) / 1000).toFixed(1)} s: estimate ${kbps('estimate_bps')}, ` +
        `available ${kbps('available_bps')}, acked ${kbps('acked_bps')}, sent ${kbps('sent_bps')}, ` +
        `loss ${(bandwidth['loss_ratio'] ?? 0).toFixed(3)}, ` +
        `rtt ${Math.round((bandwidth['round_trip_nanos'] ?? 0) / 1e6)} ms, ` +
        `queue ${Math.round((bandwidth['queue_nanos'] ?? 0) / 1e6)} ms, probes ${bandwidth['probes']}, ` +
        `overuses ${bandwidth['overuses']}, excused ${bandwidth['excused']}, ${bandwidth['narrow']}, ` +
        `pacer ${JSON.stringify(bandwidth['pacer'])}, limit ${slot?.limit}, ` +
        `parity ${slot?.sent['parity']}, resent ${slot?.sent['retransmitted']}, ` +
        `key frames asked ${slot?.sent['key_frame_requests']}, switches ${slot?.sent['switches']}, ` +
        `layers ${slot?.layers.map(({ bitrate_bps }) => Math.round(bitrate_bps / 1000)).join('/')}; ` +
        `link ${lost} of ${datagrams}`,
    );
  }, 1_000);
}

export async function enter(visitor: Visitor): Promise<void> {
  await press(visitor, 'Turn on camera and microphone');
  await press(visitor, 'Enter the studio');
}

export async function seeEachOther(...both: Visitor[]): Promise<void> {
  await eventually('both see each other', async () => {
    const playing = await Promise.all(both.map(playingTiles));
    return playing.every((count) => count >= 2) ? true : { notYet: playing.join(' and ') };
  });
}
