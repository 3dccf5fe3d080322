import { describe, expect, it } from 'vitest';
import { encodingsOf, scaled } from './encodings.ts';

const HD = { width: 1280, height: 720 };
const SMALL = { width: 640, height: 360 };

const layers = (size: typeof HD | null) =>
  encodingsOf('camera', size).map(({ rid, maxBitrate, scaleResolutionDownTo: to }) =>
    [rid, maxBitrate, to && `${to.maxWidth}×${to.maxHeight}`].filter(Boolean).join(' '),
  );

describe('encodingsOf', () => {
  it('sends a large camera in three layers, the smallest first', () => {
    expect(layers(HD)).toEqual(['q 150000 320×180', 'h 500000 640×360', 'f 1700000 1280×720']);
    expect(layers({ width: 720, height: 1280 })).toHaveLength(3);
  });

  it('asks for no more layers than a browser codes, because it leaves out the largest', () => {
    expect(layers(SMALL)).toEqual(['h 150000 320×180', 'f 500000 640×360']);
    expect(layers({ width: 640, height: 480 })).toHaveLength(2);
    expect(layers({ width: 959, height: 540 })).toHaveLength(2);
    expect(layers({ width: 320, height: 240 })).toEqual(['f 150000 320×240']);
  });

  it('goes by factors alone where nobody knows the size', () => {
    expect(layers(null)).toEqual(['q 150000', 'h 500000', 'f 1700000']);
    expect(encodingsOf('camera', null).map((layer) => layer.scaleResolutionDownBy)).toEqual([
      4, 2, 1,
    ]);
  });

  it('sends a screen in two layers of whatever its window has, and sound in one', () => {
    expect(encodingsOf('screen', SMALL)).toEqual([
      { rid: 'h', maxBitrate: 600_000, scaleResolutionDownBy: 2 },
      { rid: 'f', maxBitrate: 2_500_000, scaleResolutionDownBy: 1 },
    ]);
    expect(encodingsOf('microphone', null)).toEqual([{ maxBitrate: 28_000 }]);
  });
});

it('fits the layers there are to another camera, and leaves all else', () => {
  const encodings = [
    { rid: 'h', active: false, maxBitrate: 150_000 },
    { rid: 'f', active: true, maxBitrate: 500_000 },
  ];
  expect(scaled(encodings, HD)).toEqual([
    { ...encodings[0], scaleResolutionDownTo: { maxWidth: 640, maxHeight: 360 } },
    { ...encodings[1], scaleResolutionDownTo: { maxWidth: 1280, maxHeight: 720 } },
  ]);
});
