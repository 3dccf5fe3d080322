import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { Visitor } from './browser.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What is used of axe here. */
interface WithAxe {
  readonly axe: {
    run(options: { runOnly: string[] }): Promise<{
      readonly violations: readonly {
        readonly id: string;
        readonly help: string;
        readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
      }[];
    }>;
  };
}

/** What axe finds against WCAG 2.2 AA on the pages that it is shown, in light and in dark. */
export class Accessibility {
  readonly complaints: string[] = [];
  readonly looked: string[] = [];

  /** Looks at the page as it is now; `state` is how the reader knows it. */
  async look({ page }: Visitor, state: string): Promise<void> {
    this.looked.push(state);
    const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    await page.evaluate(readFileSync(axe, 'utf8'));
    for (const [colorScheme, runOnly] of [
      ['light', RULES],
      ['dark', ['color-contrast']],
    ] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settled(page);
      const { violations } = await page.evaluate(
        (values) => (globalThis as unknown as WithAxe).axe.run({ runOnly: values }),
        [...runOnly],
      );
      for (const { id, help, nodes } of violations) {
        const places = nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`);
        this.complaints.push(`${state}, ${colorScheme}: ${id}: ${help}\n${places.join('\n')}`);
      }
    }
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  }
}

/** Waits until no colour is on its way to another any more. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
