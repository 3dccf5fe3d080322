import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Accessibility } from './accessible.ts';
import { keepPages, press, screenshot, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import { fakeDevices, type Person } from './fake-devices.ts';
import { startNode } from './node.ts';
import { Rest, type Room } from './rest.ts';

const ADA: Person = { name: 'Ada', rgb: [200, 40, 40], hertz: 440 };
const BEN: Person = { name: 'Ben', rgb: [40, 160, 60], hertz: 700 };
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 375, height: 760 };
const QUESTION = 'What bends light the most?';
const ANSWERS = [
  'A lens',
  'A mirror',
  'A prism of heavy flint glass, when the light comes in at a small angle',
] as const;
const [LENS, MIRROR, PRISM] = ANSWERS;
/** So long nothing is seen where nothing is to be seen yet. */
const QUIET_MS = 3_000;
/** Between the clocks of the program and of this process. */
const CLOCKS_MS = 500;

/** Ada asks the class; Vera in the audience and Ben on stage answer, and see what came of it. */
export async function polls(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'amphi-e2e-'));
  const node = await startNode(join(folder, 'data'));
  const visitors: Visitor[] = [];
  keepPages(check, visitors);
  try {
    const rest = new Rest(node.url);
    const room = await rest.makeRoom('Optics', ADA.name);
    await new Polls(check, rest, room, node.url, folder, visitors).run();
  } finally {
    await Promise.all(visitors.map(({ browser }) => browser.close()));
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Polls {
  readonly #axe = new Accessibility();
  #ada!: Visitor;
  #ben!: Visitor;
  #vera!: Visitor;
  #askedMs = 0;

  constructor(
    private readonly check: Check,
    private readonly rest: Rest,
    private readonly room: Room,
    private readonly base: string,
    private readonly folder: string,
    private readonly visitors: Visitor[],
  ) {}

  async run(): Promise<void> {
    await this.#comeIn();
    await this.#asks();
    await this.#reaches();
    await this.#vote();
    await this.#everywhere('open');
    await this.#closes();
    await this.#everywhere('closed');
    await this.#takesAway();
  }

  #card({ page }: Visitor) {
    return page.locator('amphi-poll section');
  }

  #answer(visitor: Visitor, name: string) {
    return this.#card(visitor).getByRole('radio', { name, exact: true });
  }

  async #comeIn(): Promise<void> {
    this.#ada = await this.#enter(ADA, this.room.links.studio);
    await press(this.#ada, 'Go live');
    const ben = await this.rest.token(this.room.id, BEN.name, 'student');
    this.#ben = await this.#enter(BEN, ben.url);
    // By a link of her own: so she is the same when she comes again.
    const vera = await this.rest.token(this.room.id, 'Vera', 'viewer');
    this.#vera = await this.#visit('Vera', vera.url, []);
    await eventually('Vera’s program plays', async () => {
      const playhead = await this.#playhead();
      return playhead === null ? { notYet: 'no playhead' } : true;
    });
  }

  async #asks(): Promise<void> {
    const { page } = this.#ada;
    const dialog = page.locator('amphi-ask');
    const field = (name: string) => dialog.getByRole('textbox', { name, exact: true });
    await this.check.that('polls: what cannot be asked is said in words', async () => {
      await press(this.#ada, 'Ask a question');
      await field('Question').fill(QUESTION);
      await page.keyboard.press('Enter');
      await page.keyboard.type(LENS);
      await press(this.#ada, 'Ask the class');
      await dialog.getByText('Give at least two answers').waitFor();
      await field('Answer 2').fill(LENS);
      await press(this.#ada, 'Ask the class');
      await dialog.getByText(`“${LENS}” is there twice`).waitFor();
      await this.#axe.look(this.#ada, 'the form of a question');
      await screenshot(this.#ada, 'polls-form');
      await page.setViewportSize(PHONE);
      await page.emulateMedia({ colorScheme: 'dark' });
      await screenshot(this.#ada, 'polls-form-phone-dark');
      await page.emulateMedia({ colorScheme: null });
      await page.setViewportSize(DESK);
    });
    await this.check.that('polls: a question is written and asked by the keys alone', async () => {
      // Who pauses is behind: the question comes only with what is said of it.
      await this.#program().evaluate((video) => (video as HTMLVideoElement).pause());
      await field('Answer 2').fill(MIRROR);
      await field('Answer 2').press('Enter');
      await page.keyboard.type(PRISM);
      await press(this.#ada, 'Add an answer');
      await press(this.#ada, 'Add an answer');
      await press(this.#ada, 'Remove answer 5');
      this.#askedMs = Date.now();
      await dialog.getByRole('button', { name: 'Ask the class' }).focus();
      await page.keyboard.press('Enter');
      await this.#card(this.#ada).getByText(QUESTION).waitFor();
      await this.#card(this.#ada).getByText('Nobody has voted yet').waitFor();
      if ((await this.#card(this.#ada).getByRole('listitem').count()) !== ANSWERS.length) {
        throw new Error('An answer that was left empty is shown.');
      }
    });
  }

  async #reaches(): Promise<void> {
    await this.check.that('polls: on stage it is seen at once, behind not yet', async () => {
      await this.#answer(this.#ben, PRISM).waitFor();
      await pause(QUIET_MS);
      if (await this.#card(this.#vera).count()) {
        throw new Error('Vera sees the question before her picture is there.');
      }
    });
    await this.check.that('polls: and when the playhead has come to it', async () => {
      await this.#program().evaluate((video) => (video as HTMLVideoElement).play());
      await this.#answer(this.#vera, PRISM).waitFor();
      const playhead = (await this.#playhead()) ?? 0;
      if (playhead < this.#askedMs - CLOCKS_MS) {
        throw new Error(`Asked at ${this.#askedMs}, seen at ${playhead}.`);
      }
      await this.#vera.page
        .getByRole('status')
        .filter({ hasText: `A question to the class: ${QUESTION}` })
        .waitFor();
    });
    await this.check.that('polls: players of HLS find it in the playlist', async () => {
      await eventually('a date range says the question', async () => {
        const list = await this.#playlist();
        const ranges = list.split('\n').filter((line) => line.startsWith('#EXT-X-DATERANGE:'));
        const found = ranges.some(
          (line) =>
            line.includes('CLASS="dev.amphi.poll"') && line.includes(`X-TITLE="${QUESTION}"`),
        );
        return found ? true : { notYet: ranges.join('\n') || 'no date range' };
      });
    });
  }

  async #vote(): Promise<void> {
    await this.check.that('polls: one press votes, and the teacher sees it', async () => {
      await this.#answer(this.#vera, MIRROR).click();
      await this.#card(this.#vera).getByText('Your answer counts').waitFor();
      await this.#says(this.#ada, MIRROR, '1 vote 100 %');
      await this.#card(this.#ada).getByText('1 has voted').waitFor();
    });
    await this.check.that('polls: another answer by the keys takes its place', async () => {
      await this.#answer(this.#vera, MIRROR).focus();
      await this.#vera.page.keyboard.press('ArrowUp');
      if (!(await this.#answer(this.#vera, MIRROR).isChecked())) {
        throw new Error('An arrow key has voted.');
      }
      await this.#vera.page.keyboard.press('Space');
      await this.#card(this.#vera).getByRole('radio', { name: LENS, checked: true }).waitFor();
      await this.#says(this.#ada, LENS, '1 vote 100 %');
      await this.#says(this.#ada, MIRROR, '0 votes 0 %');
    });
    await this.check.that('polls: who is on stage votes too, the counts go up', async () => {
      await this.#answer(this.#ben, PRISM).click();
      await this.#card(this.#ben).getByText('Your answer counts').waitFor();
      await this.#says(this.#ada, PRISM, '1 vote 50 %');
      await this.#card(this.#ada).getByText('2 have voted').waitFor();
    });
    await this.check.that('polls: who comes again finds the answer given', async () => {
      await this.#vera.page.reload();
      await this.#card(this.#vera).getByRole('radio', { name: LENS, checked: true }).waitFor();
    });
    await this.check.that('polls: meanwhile only the teacher is told the counts', async () => {
      const told = await this.#vera.page.evaluate(() => {
        const { session } = document.querySelector('amphi-watch') as unknown as {
          session: { state: { value: { poll: object } } };
        };
        return Object.keys(session.state.value.poll);
      });
      if (told.includes('votes') || told.includes('voters')) {
        throw new Error(`Vera is told ${told.join(', ')}.`);
      }
      if (await this.#card(this.#ada).getByRole('radio').count()) {
        throw new Error('The teacher is asked to vote.');
      }
    });
  }

  async #closes(): Promise<void> {
    await this.check.that('polls: closed, everybody sees what was chosen', async () => {
      await press(this.#ada, 'Close the vote');
      for (const [visitor, mine] of [
        [this.#vera, LENS],
        [this.#ben, PRISM],
      ] as const) {
        await this.#card(visitor).getByText('Closed', { exact: true }).waitFor();
        await this.#says(visitor, mine, '1 vote 50 %');
        await this.#says(visitor, mine, 'Your answer');
        await this.#says(visitor, MIRROR, '0 votes 0 %');
        if (await this.#card(visitor).getByRole('radio').count()) {
          throw new Error(`${visitor.name} may still vote.`);
        }
      }
      await this.#vera.page
        .getByRole('status')
        .filter({ hasText: 'The vote is closed. 2 have voted.' })
        .waitFor();
    });
  }

  async #everywhere(state: 'open' | 'closed'): Promise<void> {
    await this.check.that(`polls: ${state}, on a desk and a phone, light and dark`, async () => {
      for (const visitor of [this.#ada, this.#ben, this.#vera]) {
        const { page } = visitor;
        for (const [place, size] of [
          ['desk', DESK],
          ['phone', PHONE],
        ] as const) {
          await page.setViewportSize(size);
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            await this.#card(visitor).scrollIntoViewIfNeeded();
            await screenshot(visitor, `polls-${state}-${place}-${colorScheme}`);
          }
          await page.emulateMedia({ colorScheme: null });
          await this.#axe.look(visitor, `${visitor.name}’s ${place}, a question that is ${state}`);
          const wider = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          if (wider > 0) {
            throw new Error(`${visitor.name}’s page is ${wider} pixels wider than the ${place}.`);
          }
        }
        await page.setViewportSize(DESK);
      }
    });
  }

  async #takesAway(): Promise<void> {
    await this.check.that('polls: taken away it is gone, and another may be asked', async () => {
      await press(this.#ada, 'Take it away');
      for (const visitor of [this.#ada, this.#ben, this.#vera]) {
        await this.#card(visitor).waitFor({ state: 'detached' });
      }
      await this.#ada.page.getByRole('button', { name: 'Ask a question' }).waitFor();
    });
    await this.check.that('polls: no page breaks WCAG 2.2 AA, as far as axe can tell', async () => {
      const { looked, complaints } = this.#axe;
      if (looked.length < 13 || complaints.length > 0) {
        throw new Error(`Looked at ${looked.join(', ')}.\n${complaints.join('\n')}`);
      }
    });
  }

  /** Waits until the line of that answer says so much. */
  async #says(visitor: Visitor, answer: string, words: string): Promise<void> {
    await this.#card(visitor)
      .getByRole('listitem')
      .filter({ hasText: answer })
      .filter({ hasText: words })
      .waitFor();
  }

  #program() {
    return this.#vera.page.locator('amphi-player video');
  }

  /** The wall clock of what Vera sees. */
  #playhead(): Promise<number | null> {
    return this.#vera.page.evaluate(
      () =>
        (document.querySelector('amphi-watch') as unknown as { playheadMs: number | null })
          .playheadMs,
    );
  }

  /** The pictures of one rendition. */
  async #playlist(): Promise<string> {
    const index = new URL(`/hls/${this.room.id}/index.m3u8`, this.base);
    const all = await (await fetch(index)).text();
    const uri = /^(?!#)\S+$/m.exec(all)?.[0] ?? '';
    return (await fetch(new URL(uri, index))).text();
  }

  async #enter(person: Person, url: string): Promise<Visitor> {
    const visitor = await this.#visit(person.name, url, fakeDevices(person, this.folder));
    await press(visitor, 'Turn on camera and microphone');
    await press(visitor, 'Enter the studio');
    await visitor.page.locator('amphi-people').first().waitFor();
    return visitor;
  }

  async #visit(name: string, url: string, devices: readonly string[]): Promise<Visitor> {
    const visitor = await visit(name, new URL(url, this.base).href, devices);
    this.visitors.push(visitor);
    return visitor;
  }
}
