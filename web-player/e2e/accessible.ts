import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Visitor } from './browser.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** On a busy machine a page that changes its colours takes its time. */
const MOST_LOOKS = 10;
const BETWEEN_LOOKS_MS = 500;

type Violations = readonly {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}[];

/** What is used of axe here. */
interface WithAxe {
  readonly axe: {
    run(options: { runOnly: string[] }): Promise<{ readonly violations: Violations }>;
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
      const violations = await lasting(page, [...runOnly]);
      for (const { id, help, nodes } of violations) {
        const places = nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`);
        this.complaints.push(`${state}, ${colorScheme}: ${id}: ${help}\n${places.join('\n')}`);
      }
    }
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
    await settled(page);
  }
}

/** What axe still finds when all colours have come to rest: those on their way soon pass. */
async function lasting(page: Page, rules: string[]): Promise<Violations> {
  let violations: Violations = [];
  for (let look = 0; look < MOST_LOOKS; look++) {
    await settled(page);
    ({ violations } = await page.evaluate(
      (values) => (globalThis as unknown as WithAxe).axe.run({ runOnly: values }),
      rules,
    ));
    if (violations.length === 0) {
      break;
    }
    await pause(BETWEEN_LOOKS_MS);
  }
  return violations;
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
