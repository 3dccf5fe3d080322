import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 250;
const PATIENCE_MS = 60_000;

/** Where screenshots, logs and downloads of a run lie. */
export const OUT = join(import.meta.dirname, '..', 'run');
const REPORTS = join(import.meta.dirname, '..', '..', '..', 'reports');

/** Empties the folder for a new run. */
export function prepareOut(): void {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
}

interface Result {
  readonly name: string;
  readonly seconds: number;
  readonly failure: string;
  /** Why it could not be found out here; empty when it could. */
  readonly skipped: string;
}

/** The named findings of one run; a later one still runs when an earlier one failed. */
export class Check {
  readonly #results: Result[] = [];
  #onFailure: (name: string) => Promise<void> = () => Promise.resolve();

  /** What to keep for the reader when something is not as it should be. */
  keepOnFailure(keep: (name: string) => Promise<void>): void {
    this.#onFailure = keep;
  }

  get failures(): number {
    return this.#results.filter((result) => result.failure).length;
  }

  /** Runs one finding. */
  async that(name: string, find: () => Promise<void>): Promise<void> {
    const started = Date.now();
    try {
      await find();
      this.#add(name, started);
    } catch (error) {
      this.failed(name, error, started);
      await this.#onFailure(name.replaceAll(/\W+/g, '-')).catch(() => undefined);
    }
  }

  failed(name: string, error: unknown, started = Date.now()): void {
    this.#add(name, started, { failure: error instanceof Error ? error.message : String(error) });
  }

  /** Says what this machine cannot show, and why. */
  skip(name: string, reason: string): void {
    this.#add(name, Date.now(), { skipped: reason });
  }

  /** Prints the totals and writes them as JUnit XML. */
  report(): void {
    mkdirSync(REPORTS, { recursive: true });
    writeFileSync(join(REPORTS, 'e2e.xml'), xml(this.#results));
    const skipped = this.#results.filter((result) => result.skipped).length;
    const passed = this.#results.length - this.failures - skipped;
    console.log(`${passed} passed, ${this.failures} failed, ${skipped} skipped`);
  }

  #add(name: string, started: number, { failure = '', skipped = '' } = {}): void {
    const seconds = (Date.now() - started) / 1000;
    this.#results.push({ name, seconds, failure, skipped });
    console.log(`${failure ? '  ✗' : skipped ? '  -' : '  ✓'} ${name} (${seconds.toFixed(1)} s)`);
    if (failure || skipped) {
      console.log((failure || skipped).replaceAll(/^/gm, '      '));
    }
  }
}

/** The reason for waiting on. */
export interface NotYet {
  readonly notYet: string;
}

/** Asks until the answer is not null; the last reason for waiting is told when patience ends. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | NotYet>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (!isNotYet(answer)) {
      return answer;
    }
    if (Date.now() > until) {
      throw new Error(`${what}: not within ${patienceMs / 1000} s; last seen: ${answer.notYet}`);
    }
    await pause(POLL_MS);
  }
}

function isNotYet(answer: unknown): answer is NotYet {
  return typeof answer === 'object' && answer !== null && 'notYet' in answer;
}

function xml(results: readonly Result[]): string {
  const cases = results.map(
    ({ name, seconds, failure, skipped }) =>
      `  <testcase classname="e2e" name="${escape(name)}" time="${seconds}">` +
      (failure ? `<failure message="${escape(failure)}"/>` : '') +
      (skipped ? `<skipped message="${escape(skipped)}"/>` : '') +
      '</testcase>',
  );
  const failed = results.filter((result) => result.failure).length;
  const skipped = results.filter((result) => result.skipped).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="e2e" tests="${results.length}" failures="${failed}" errors="0" skipped="${skipped}">`,
    ...cases,
    '</testsuite>',
    '',
  ].join('\n');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replaceAll('\n', '&#10;');
}
