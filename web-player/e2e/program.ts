import type { Locator, Page } from 'playwright-core';
import { eventually } from './check.ts';
import type { Person } from './fake-devices.ts';

/** A rectangle of the 1280×720 canvas, as docs/layouts.md writes it: `x,y w×h`. */
export interface Tile {
  readonly at: string;
  readonly person: Person;
}

type Rgb = [number, number, number];
const COLOUR_TOLERANCE = 60;
const CANVAS = { width: 1280, height: 720 };
/** How far a tone stands above the spectrum around it. */
const HEARD_DB = 18;

/** Waits until the decoded picture of a video shows each person's colour in its tile. */
export async function showsEach(video: Locator, tiles: readonly Tile[]): Promise<void> {
  await eventually('the picture shows each person in its tile', async () => {
    const seen = await Promise.all(tiles.map((tile) => colourAt(video, tile.at)));
    const wrong = tiles.flatMap(({ at, person }, index) => {
      const colour = seen[index] ?? [0, 0, 0];
      return distance(colour, person.rgb) <= COLOUR_TOLERANCE
        ? []
        : [`at ${at} rgb(${colour.join(',')}) instead of ${person.name}'s ${person.rgb.join(',')}`];
    });
    return wrong.length === 0 ? true : { notYet: wrong.join('; ') };
  });
}

/** Nine places over the whole picture. */
const EVERYWHERE = [60, 480, 900].flatMap((x) => [30, 270, 510].map((y) => `${x},${y} 320×180`));

/** Waits until the decoded picture shows none of these people's colours anywhere. */
export async function showsNobody(video: Locator, people: readonly Person[]): Promise<void> {
  await eventually('the picture shows nobody', async () => {
    const seen = await Promise.all(EVERYWHERE.map((at) => colourAt(video, at)));
    const found = people.filter(({ rgb }) =>
      seen.some((colour) => distance(colour, rgb) <= COLOUR_TOLERANCE),
    );
    return found.length === 0 ? true : { notYet: found.map(({ name }) => name).join(' and ') };
  });
}

/** The mean colour in the middle of the upper half of a tile: names lie over the lower left. */
async function colourAt(video: Locator, tile: string): Promise<Rgb> {
  const [x = 0, y = 0, width = 0, height = 0] = tile.split(/[ ,×]/).map(Number);
  const spot = { x: x + width / 4, y: y + height / 8, width: width / 2, height: height / 4 };
  return video.evaluate(
    (element, { spot, canvas }) => {
      const picture = element as HTMLVideoElement;
      const surface = new OffscreenCanvas(canvas.width, canvas.height);
      const context = surface.getContext('2d', { willReadFrequently: true });
      if (!context || picture.videoWidth === 0) {
        return [0, 0, 0] as [number, number, number];
      }
      context.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const { data } = context.getImageData(spot.x, spot.y, spot.width, spot.height);
      const sums = [0, 0, 0];
      for (let i = 0; i < data.length; i += 4) {
        sums.forEach((sum, channel) => (sums[channel] = sum + (data[i + channel] ?? 0)));
      }
      const pixels = data.length / 4;
      return sums.map((sum) => Math.round(sum / pixels)) as [number, number, number];
    },
    { spot, canvas: CANVAS },
  );
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, channel) => Math.abs(value - (b[channel] ?? 0))));
}

/** Listens to a video for as long as the page lives; `heard` tells how loud each pitch became. */
export async function listen(page: Page, video: Locator): Promise<void> {
  await video.evaluate((element) => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    context.createMediaElementSource(element as HTMLVideoElement).connect(analyser);
    analyser.connect(context.destination);
    void context.resume();
    const bins = new Float32Array(analyser.frequencyBinCount);
    const loudest = new Map<number, number>();
    (window as unknown as { heard: (hertz: number) => number }).heard = (hertz) =>
      loudest.get(hertz) ?? -Infinity;
    const pitches = [440, 700, 1130, 1790];
    setInterval(() => {
      analyser.getFloatFrequencyData(bins);
      for (const hertz of pitches) {
        const middle = Math.round((hertz / context.sampleRate) * analyser.fftSize);
        const tone = Math.max(...bins.slice(middle - 2, middle + 3));
        const around = [
          ...bins.slice(middle - 24, middle - 8),
          ...bins.slice(middle + 9, middle + 25),
        ];
        around.sort((a, b) => a - b);
        const ground = Math.max(around[around.length >> 1] ?? -120, -120);
        loudest.set(
          hertz,
          Math.max(loudest.get(hertz) ?? -Infinity, tone > -70 ? tone - ground : -99),
        );
      }
    }, 50);
  });
  await page.waitForFunction(() => 'heard' in window);
}

async function heardDb(page: Page, hertz: number): Promise<number> {
  return page.evaluate(
    (pitch) => (window as unknown as { heard: (hertz: number) => number }).heard(pitch),
    hertz,
  );
}

/** Waits until each person's pitch was heard. */
export async function hearsEach(page: Page, people: readonly Person[]): Promise<void> {
  await eventually('each person is heard', async () => {
    const missing: string[] = [];
    for (const { name, hertz } of people) {
      const decibels = await heardDb(page, hertz);
      if (decibels < HEARD_DB) {
        missing.push(`${name}'s ${hertz} Hz is ${decibels.toFixed(0)} dB above its surroundings`);
      }
    }
    return missing.length === 0 ? true : { notYet: missing.join('; ') };
  });
}

/** Fails when somebody was heard who should not have been. */
export async function neverHeard(page: Page, person: Person): Promise<void> {
  const decibels = await heardDb(page, person.hertz);
  if (decibels >= HEARD_DB) {
    throw new Error(`${person.name}'s ${person.hertz} Hz was heard: ${decibels.toFixed(0)} dB.`);
  }
}
