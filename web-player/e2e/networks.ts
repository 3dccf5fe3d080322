import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM, keepPages, playingTiles, press, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { OtherNetwork } from './network.ts';
import { startNode } from './node.ts';
import { Rest, type Room } from './rest.ts';
import { askForPeer } from './turn-client.ts';
import { startTurn, type TurnServer } from './turn-server.ts';

const ADA: Person = { name: 'Ada', rgb: [200, 40, 40], hertz: 440 };
const BEN: Person = { name: 'Ben', rgb: [40, 160, 60], hertz: 700 };

/** Keeps hold of the page's peer connections, and changes what they are made with. */
const watchPeers = (change: string): string => `
  window.peers = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration) {
      super({ ...configuration, ${change} });
      window.peers.push(this);
    }
  };`;

interface Way {
  readonly name: string;
  /** What else the peer connection is made with. */
  readonly change: string;
  /** What the firewall lets out and does not, in nft's words. */
  readonly firewall: readonly string[];
  /**
   * `<candidate type> <protocol>`, for a relay its own protocol. A connection's own port is not known
   * before it is made, so the browser learns it from the node's answer: peer-reflexive.
   */
  readonly expected: string;
  /** What the node's metric takes it for. */
  readonly counted: Path;
}

const PATHS = ['udp', 'tcp', 'relay'] as const;
type Path = (typeof PATHS)[number];

/** People come on stage from networks that let less and less through. */
export async function networks(check: Check): Promise<void> {
  const missing = OtherNetwork.missing();
  if (missing) {
    check.skip('people come on stage from networks that block', missing);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'amphi-net-'));
  const network = OtherNetwork.open();
  const turn = await startTurn(network.host, network.host6, folder);
  const node = await startNode(join(folder, 'data'), 'run', {
    AMPHI_TURN_URLS: turn.urls.join(),
    AMPHI_TURN_SECRET: turn.secret,
  });
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    await network.letIn(Number(new URL(node.url).port), folder);
    await relayOnlyToTheNode(check, network.host, turn);
    const rest = new Rest(node.url);
    const room = await rest.makeRoom('From anywhere', ADA.name);
    const ada = await visit(ADA.name, room.links.studio, fakeDevices(ADA, folder));
    visitors.push(ada);
    await enter(ada);
    const adas = await links(node.url, (counts) => total(counts) === 1, "Ada's alone");
    for (const way of ways(network.host)) {
      await check.that(way.name, async () => {
        network.firewall(...way.firewall);
        const ben = await comeIn(rest, room, node.url, way, network, folder);
        visitors.push(ben);
        try {
          await seeEachOther(ada, ben);
          await takes(ben, way.expected);
          await links(
            node.url,
            (counts) =>
              PATHS.every((path) => counts[path] === adas[path] + +(path === way.counted)),
            `${way.counted} for Ben beside ${JSON.stringify(adas)}`,
          );
        } finally {
          await ben.browser.close();
          visitors.pop();
        }
      });
    }
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    await turn.stop();
    network.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function ways(host: string): readonly Way[] {
  const noUdp = 'meta l4proto udp drop';
  return [
    {
      name: 'straight to the node, by TCP, when UDP is blocked and there is no relay',
      change: 'iceServers: []',
      firewall: [noUdp],
      expected: 'prflx tcp',
      counted: 'tcp',
    },
    {
      name: 'through a relay, by UDP',
      change: "iceTransportPolicy: 'relay'",
      firewall: [],
      expected: 'relay udp',
      counted: 'relay',
    },
    {
      name: 'through a relay, by TCP, when UDP is blocked',
      change: "iceTransportPolicy: 'relay'",
      firewall: [noUdp],
      expected: 'relay tcp',
      counted: 'relay',
    },
    {
      name: 'straight to the node, by UDP, when nothing is blocked',
      change: 'iceServers: []',
      firewall: [],
      expected: 'host udp',
      counted: 'udp',
    },
    {
      name: 'through a relay, by TLS, when nothing but port 443 is open',
      change: '',
      firewall: [`ip daddr ${host} tcp dport 443 accept`, 'drop'],
      expected: 'relay tls',
      counted: 'relay',
    },
  ];
}

/** The relay is no way into the network behind it. */
async function relayOnlyToTheNode(check: Check, host: string, turn: TurnServer): Promise<void> {
  await check.that('the relay relays to the node and to nobody else', async () => {
    const mapped = Buffer.from('00000000000000000000ffff7f000001', 'hex');
    const answers = await Promise.all(
      [host, '127.0.0.1', '0.0.0.0', '169.254.169.254', '192.168.0.1', '8.8.8.8', mapped].map(
        (peer) => askForPeer({ host, port: turn.plainPort, secret: turn.secret }, peer),
      ),
    );
    const [node, ...others] = answers;
    if (node !== 0 || others.some((answer) => answer !== 403 && answer !== 443)) {
      throw new Error(`It answers ${answers.join(', ')}, 0 being yes.`);
    }
  });
}

async function comeIn(
  rest: Rest,
  room: Room,
  base: string,
  way: Way,
  network: OtherNetwork,
  folder: string,
): Promise<Visitor> {
  const { url } = await rest.token(room.id, BEN.name, 'student');
  const ben = await visit(
    BEN.name,
    new URL(url, base).href,
    [...fakeDevices(BEN, folder), '--ignore-certificate-errors'],
    undefined,
    { program: network.wrapper(CHROMIUM, folder), prepare: watchPeers(way.change) },
  );
  await enter(ben);
  return ben;
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

/** Which way the media takes. */
async function takes(visitor: Visitor, expected: string): Promise<void> {
  await eventually(`the media goes by ${expected}`, async () => {
    const way = await visitor.page.evaluate(async () => {
      const { peers } = window as unknown as { peers: RTCPeerConnection[] };
      const stats = [...(await peers.at(-1)!.getStats()).values()] as Record<string, unknown>[];
      const transport = stats.find(({ type }) => type === 'transport');
      const pair = stats.find(({ id }) => id === transport?.['selectedCandidatePairId']);
      const local = stats.find(({ id }) => id === pair?.['localCandidateId']);
      return local
        ? `${String(local['candidateType'])} ${String(local['relayProtocol'] ?? local['protocol'])}`
        : 'no way yet';
    });
    return way === expected ? true : { notYet: way };
  });
}

/** Waits until the node counts the peer connections so, by the path that they take. */
async function links(
  node: string,
  enough: (counts: Record<Path, number>) => boolean,
  expected: string,
): Promise<Record<Path, number>> {
  let counts = { udp: 0, tcp: 0, relay: 0 };
  await eventually(`/metrics counts ${expected}`, async () => {
    const metrics = await (await fetch(new URL('/metrics', node))).text();
    const of = (path: Path): number =>
      Number(new RegExp(`^amphi_links\\{path="${path}"\\} (\\S+)$`, 'm').exec(metrics)?.[1]);
    counts = { udp: of('udp'), tcp: of('tcp'), relay: of('relay') };
    return enough(counts) ? true : { notYet: JSON.stringify(counts) };
  });
  return counts;
}

function total(counts: Record<Path, number>): number {
  return PATHS.reduce((sum, path) => sum + counts[path], 0);
}
