/**
 * Measures how long somebody waits from the press on `Enter the studio` to the first remote picture,
 * in a real browser against the demo's class. Prints each run and the median; asserts nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { visit } from './browser.ts';
import { prepareOut } from './check.ts';
import { fakeDevices } from './fake-devices.ts';
import { startNode } from './node.ts';

const RUNS = 7;

prepareOut();
const folder = mkdtempSync(join(tmpdir(), 'amphi-join-'));
const node = await startNode(join(folder, 'data'), 'demo');
try {
  const link = /^Studio:\s+(\S+)$/m.exec(node.printed)?.[1] ?? '';
  const waits: number[] = [];
  for (let run = 1; run <= RUNS; run++) {
    waits.push(await joinOnce(link));
    console.log(`run ${run}: ${waits.at(-1)?.toFixed(0)} ms`);
  }
  waits.sort((a, b) => a - b);
  console.log(`median ${waits[RUNS >> 1]?.toFixed(0)} ms, most ${waits.at(-1)?.toFixed(0)} ms`);
} finally {
  await node.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function joinOnce(link: string): Promise<number> {
  const guest = { name: 'Guest', rgb: [90, 90, 200], hertz: 500 } as const;
  const { page, browser } = await visit('join', link, fakeDevices(guest, folder));
  try {
    await page.getByRole('button', { name: 'Turn on camera and microphone' }).click();
    const enter = page.getByRole('button', { name: 'Enter the studio' });
    await enter.waitFor();
    return await page.evaluate(async () => {
      const deep = (root: ParentNode, found: HTMLVideoElement[] = []): HTMLVideoElement[] => {
        for (const element of root.querySelectorAll('*')) {
          if (element.localName === 'amphi-tile') {
            // One's own picture is mirrored.
            found.push(
              ...(element.shadowRoot?.querySelectorAll<HTMLVideoElement>('video:not(.mirrored)') ??
                []),
            );
          } else if (element.shadowRoot) {
            deep(element.shadowRoot, found);
          }
        }
        return found;
      };
      const button = (root: ParentNode): HTMLElement | null => {
        for (const element of root.querySelectorAll<HTMLElement>('*')) {
          const inner = element.shadowRoot ? button(element.shadowRoot) : null;
          if (inner) {
            return inner;
          }
          if (
            element.localName === 'button' &&
            element.textContent?.trim() === 'Enter the studio'
          ) {
            return element;
          }
        }
        return null;
      };
      const pressed = performance.now();
      button(document)?.click();
      return new Promise<number>((resolve) => {
        const look = (): void => {
          const seen = deep(document).some(
            (video) => video.getVideoPlaybackQuality().totalVideoFrames > 0,
          );
          if (seen) {
            resolve(performance.now() - pressed);
          } else {
            setTimeout(look, 10);
          }
        };
        look();
      });
    });
  } finally {
    await browser.close();
  }
}
