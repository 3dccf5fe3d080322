import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPages, press, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { startNode } from './node.ts';
import { Rest } from './rest.ts';

const ADA: Person = { name: 'Ada', rgb: [200, 40, 40], hertz: 440 };
const BEN: Person = { name: 'Ben', rgb: [40, 160, 60], hertz: 700 };
const CAMERA = { width: 640, height: 360 };

interface Line {
  readonly link: string;
  readonly last?: boolean;
  readonly path: { readonly local?: string; readonly protocol?: string };
  readonly tracks: readonly Readonly<Record<string, string | number>>[];
}

/** Two on stage, whose browsers tell the node what they measure, because the school asked. */
export async function browserStats(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-stats-'));
  const data = join(folder, 'data');
  const node = await startNode(data, 'run', { AMPHI_MEDIA_CLIENT_STATS: 'true' });
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    const rest = new Rest(node.url);
    const room = await rest.makeRoom('Measured', ADA.name);
    const come = async (person: Person, url: string): Promise<Visitor> => {
      const visitor = await visit(person.name, url, fakeDevices(person, folder, CAMERA), {
        width: 1280,
        height: 800,
      });
      visitors.push(visitor);
      await press(visitor, 'Turn on camera and microphone');
      await press(visitor, 'Enter the studio');
      return visitor;
    };
    const ada = await come(ADA, room.links.studio);
    const { url } = await rest.token(room.id, BEN.name, 'student');
    const ben = await come(BEN, new URL(url, node.url).href);
    await check.that('the page says that figures are collected', async () => {
      await ben.page.getByText('This school collects figures').first().waitFor();
    });
    const file = join(data, 'stats', `${room.id}.jsonl`);
    const lines = (): Line[] => {
      try {
        const text = readFileSync(file, 'utf8').trim();
        return text.split('\n').map((line) => JSON.parse(line) as Line);
      } catch {
        return []; // Not written yet.
      }
    };
    await check.that('each browser tells what it sends and receives', async () => {
      await eventually('digests of two links with pictures both ways', async () => {
        const links = new Map(lines().map((line) => [line.link, line]));
        const whole = [...links.values()].filter(({ path, tracks }) => {
          const has = (direction: string, kind: string, field: string): boolean =>
            tracks.some(
              (track) =>
                track['direction'] === direction &&
                track['kind'] === kind &&
                Number(track[field]) > 0,
            );
          return (
            path.protocol === 'udp' &&
            has('up', 'video', 'frames') &&
            has('down', 'video', 'frames') &&
            has('down', 'audio', 'samples')
          );
        });
        return whole.length === 2 ? true : { notYet: JSON.stringify([...links.values()]) };
      });
    });
    await check.that('with no address, no name and no device', () => {
      const text = readFileSync(file, 'utf8');
      const told = /\d+\.\d+\.\d+\.\d+|Ada|Ben|ada|"ben|fake|label|candidate:/.exec(text);
      return told ? Promise.reject(new Error(`'${told[0]}' is in ${text}`)) : Promise.resolve();
    });
    await check.that('who leaves the stage tells the rest', async () => {
      await press(ben, 'Leave');
      await ben.page.locator('amphi-dialog#leave button.primary').click();
      await eventually('a last digest', async () =>
        lines().some(({ last }) => last) ? true : { notYet: `${lines().length} digests` },
      );
    });
    await check.that('and /metrics has it', async () => {
      const metrics = await (await fetch(new URL('/metrics', node.url))).text();
      const taken = /amphi_client_digests_total\{result="taken"\} (\d+)/.exec(metrics)?.[1];
      if (Number(taken) < 2 || !metrics.includes('amphi_client_frame_rate_fps_count')) {
        throw new Error(
          metrics
            .split('\n')
            .filter((line) => line.includes('client'))
            .join('\n'),
        );
      }
    });
    void ada;
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
