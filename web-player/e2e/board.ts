import { press, screenshot, visit, type Visitor } from './browser.ts';
import { eventually, type Check } from './check.ts';
import type { Rest } from './rest.ts';

/** Shares a slide of 4:3, which every box of 16:9 shows with bars at its sides. */
const SLIDE = `
  navigator.mediaDevices.getDisplayMedia = async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 960, height: 720 });
    const context = canvas.getContext('2d');
    const draw = () => {
      context.fillStyle = '#fdfcf7';
      context.fillRect(0, 0, 960, 720);
      context.fillStyle = '#22304a';
      context.font = '600 52px sans-serif';
      context.fillText('The right triangle', 70, 110);
      context.font = '36px sans-serif';
      context.fillText('a² + b² = c²', 600, 420);
      context.strokeStyle = '#22304a';
      context.lineWidth = 5;
      context.stroke(new Path2D('M120 600 L520 600 L520 260 Z'));
    };
    draw();
    setInterval(draw, 200);
    return canvas.captureStream(10);
  };
`;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The picture within the board's canvas, in CSS pixels of the page. */
const pictureOf = (visitor: Visitor): Promise<Place & { width: number; height: number }> =>
  visitor.page.locator('amphi-board canvas').evaluate((canvas) => {
    const box = canvas.getBoundingClientRect();
    const video = canvas.parentElement?.querySelector('video');
    const { videoWidth = 16, videoHeight = 9 } = video ?? {};
    const scale = Math.min(box.width / videoWidth, box.height / videoHeight);
    const [width, height] = [videoWidth * scale, videoHeight * scale];
    return {
      x: box.x + (box.width - width) / 2,
      y: box.y + (box.height - height) / 2,
      width,
      height,
    };
  });

/** How opaque the ink is at each of these places of the picture, and of which colour. */
const inkAt = (visitor: Visitor, places: readonly Place[]): Promise<string[]> =>
  visitor.page.locator('amphi-board canvas').evaluate((element, places) => {
    const canvas = element as HTMLCanvasElement;
    const video = canvas.parentElement?.querySelector('video');
    const { videoWidth = 16, videoHeight = 9 } = video ?? {};
    if (videoWidth === 0) {
      return places.map(() => 'no picture yet');
    }
    const scale = Math.min(canvas.width / videoWidth, canvas.height / videoHeight);
    const [width, height] = [videoWidth * scale, videoHeight * scale];
    const [left, top] = [(canvas.width - width) / 2, (canvas.height - height) / 2];
    const context = canvas.getContext('2d');
    return places.map(({ x, y }) => {
      const at = [Math.round(left + x * width), Math.round(top + y * height)] as const;
      const [red, green, blue, alpha] = context?.getImageData(...at, 1, 1).data ?? [];
      return alpha ? `${red},${green},${blue}` : '';
    });
  }, places);

/** Draws a line with the mouse, from place to place of the picture. */
async function drag(visitor: Visitor, from: Place, to: Place): Promise<void> {
  const picture = await pictureOf(visitor);
  const { mouse } = visitor.page;
  const move = ({ x, y }: Place, steps: number): Promise<void> =>
    mouse.move(picture.x + x * picture.width, picture.y + y * picture.height, { steps });
  await move(from, 1);
  await mouse.down();
  await move(to, 20);
  await mouse.up();
}

async function point(visitor: Visitor, { x, y }: Place): Promise<void> {
  const picture = await pictureOf(visitor);
  await visitor.page.mouse.move(picture.x + x * picture.width, picture.y + y * picture.height, {
    steps: 5,
  });
}

const UNDER: readonly [Place, Place] = [
  { x: 0.07, y: 0.18 },
  { x: 0.53, y: 0.18 },
];
const ON_IT: readonly Place[] = [0.1, 0.3, 0.5].map((x) => ({ x, y: 0.18 }));
const BESIDE_IT: readonly Place[] = [0.1, 0.3, 0.5].map((x) => ({ x, y: 0.3 }));

const THROUGH: readonly [Place, Place] = [
  { x: 0.85, y: 0.25 },
  { x: 0.85, y: 0.75 },
];
const ON_THAT: readonly Place[] = [0.3, 0.5, 0.7].map((y) => ({ x: 0.85, y }));

async function shows(
  visitor: Visitor,
  places: readonly Place[],
  inked: boolean,
): Promise<string[]> {
  return eventually<string[]>(
    `${visitor.name} ${inked ? 'sees the stroke' : 'sees nothing there'}`,
    async () => {
      if ((await visitor.page.locator('amphi-board canvas').count()) === 0) {
        return { notYet: 'no board' };
      }
      const ink = await inkAt(visitor, places);
      return ink.every((colour) => (inked ? /^\d/.test(colour) : colour === ''))
        ? ink
        : { notYet: ink.map((colour) => colour || 'nothing').join(' / ') };
    },
  );
}

/** A pointer may be lost on the way: then the hand's next movement tells it. */
async function pointedAt(who: Visitor, seer: Visitor, at: Place): Promise<void> {
  await eventually(`${seer.name} sees where ${who.name} points`, async () => {
    await point(who, { x: at.x + 0.05, y: at.y - 0.1 });
    await point(who, at);
    const dots = await seer.page.locator('amphi-board .at', { hasText: who.name }).all();
    const box = await dots[0]?.locator('i').boundingBox();
    if (!box) {
      return { notYet: 'no pointer' };
    }
    const picture = await pictureOf(seer);
    const x = (box.x + box.width / 2 - picture.x) / picture.width;
    const y = (box.y + box.height / 2 - picture.y) / picture.height;
    const near = Math.hypot(x - at.x, y - at.y) < 0.02;
    return near ? true : { notYet: `${x.toFixed(3)}, ${y.toFixed(3)}` };
  });
}

const tool = (visitor: Visitor, name: string): Promise<void> =>
  visitor.page.locator('amphi-board').getByRole('button', { name, exact: true }).click();

/** People on stage draw and point on a shared screen with the studio's own tools, and react. */
export async function drawTogether(
  check: Check,
  rest: Rest,
  node: string,
  visitors: Visitor[],
): Promise<void> {
  const room = await rest.makeRoom('Geometry', 'Zoe');
  const comeIn = async (name: string, url: string, size = DESK): Promise<Visitor> => {
    const visitor = await visit(name, new URL(url, node).href, [], size, { prepare: SLIDE });
    visitors.push(visitor);
    await press(visitor, 'Enter with camera and microphone off');
    await visitor.page.getByRole('radio', { name: 'Board' }).waitFor();
    return visitor;
  };
  const student = async (name: string, size = DESK): Promise<Visitor> =>
    comeIn(name, (await rest.token(room.id, name, 'student')).url, size);
  const zoe = await comeIn('Zoe', room.links.studio);
  const max = await student('Max', PHONE);

  await check.that('without any media a pointer goes over the socket', async () => {
    for (const { page } of [zoe, max]) {
      await page.getByRole('radio', { name: 'Board' }).click();
    }
    await tool(zoe, 'Pointer');
    await eventually('Max sees it', async () => {
      await point(zoe, { x: 0.5, y: 0.5 });
      await point(zoe, { x: 0.4, y: 0.6 });
      const names = await max.page.locator('amphi-board .at b').allTextContents();
      return names.join() === 'Zoe' ? true : { notYet: names.join() || 'no pointer' };
    });
    await zoe.page.keyboard.press('Escape');
    await max.page.getByRole('radio', { name: 'Audience' }).click();
  });
  await check.that(
    'what the teacher draws on a shared screen is there, at the same place',
    async () => {
      await press(zoe, 'Share screen');
      await eventually('both see the slide', async () => {
        await max.page.getByRole('radio', { name: 'Board' }).click();
        const sizes = await Promise.all(
          [zoe, max].map(({ page }) =>
            page.locator('amphi-board video').evaluateAll((videos) =>
              videos.map((video) => {
                const { videoWidth, videoHeight } = video as HTMLVideoElement;
                return (videoWidth / videoHeight).toFixed(2);
              }),
            ),
          ),
        );
        return sizes.every((one) => one.join() === '1.33') ? true : { notYet: sizes.join(' and ') };
      });
      await tool(zoe, 'Pen');
      await drag(zoe, ...UNDER);
      const drawn = await shows(zoe, ON_IT, true);
      const seen = await shows(max, ON_IT, true);
      await shows(max, BESIDE_IT, false);
      if (new Set([...drawn, ...seen]).size !== 1) {
        throw new Error(`Zoe draws in ${drawn.join(' / ')}, Max sees ${seen.join(' / ')}.`);
      }
    },
  );
  await check.that('the teacher’s pointer is seen with the name', async () => {
    await tool(zoe, 'Pointer');
    await pointedAt(zoe, max, { x: 0.54, y: 0.6 });
    await screenshot(zoe, 'board-desk');
    await screenshot(max, 'board-phone');
    await eventually('it fades when nothing more comes', async () =>
      (await max.page.locator('amphi-board .at').count()) === 0 ? true : { notYet: 'there' },
    );
  });
  await check.that('who comes later sees what was drawn', async () => {
    const lea = await student('Lea');
    await shows(lea, ON_IT, true);
  });
  const [lea] = visitors.slice(-1) as [Visitor];
  await check.that('a stroke that is undone is gone everywhere, and only that one', async () => {
    await tool(lea, 'Pen');
    await drag(lea, ...THROUGH);
    await shows(zoe, ON_THAT, true);
    await shows(max, ON_THAT, true);
    await tool(lea, 'Undo my last stroke');
    for (const visitor of [lea, zoe, max]) {
      await shows(visitor, ON_THAT, false);
      await shows(visitor, ON_IT, true);
    }
  });
  await check.that('Escape puts the pen down', async () => {
    await lea.page.keyboard.press('Escape');
    await drag(lea, ...THROUGH);
    await shows(lea, ON_THAT, false);
  });
  await check.that('a reaction rises at everybody’s, the audience’s too', async () => {
    const vera = await visit('Vera', room.links.watch, []);
    visitors.push(vera);
    await vera.page.getByRole('button', { name: 'Raise hand' }).waitFor();
    await press(vera, 'Celebrate');
    await Promise.all(
      [vera, zoe, max].map(({ page }) =>
        page.locator('amphi-reactions .floats span', { hasText: '🎉' }).waitFor(),
      ),
    );
    await press(lea, 'Clap');
    await press(max, 'Clap');
    await zoe.page.locator('amphi-reactions .floats span', { hasText: '👏' }).first().waitFor();
    await screenshot(zoe, 'reactions-desk');
    await screenshot(max, 'reactions-phone');
    await screenshot(vera, 'reactions-watch');
    await zoe.page
      .locator('amphi-reactions [role=status]', { hasText: '2 people clapped' })
      .waitFor({ state: 'attached' });
  });
  await check.that('the teacher clears the board for everybody', async () => {
    await tool(zoe, "Clear everybody's strokes");
    for (const visitor of [zoe, max, lea]) {
      await shows(visitor, ON_IT, false);
    }
  });
}
