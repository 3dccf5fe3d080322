import { describe, expect, it } from 'vitest';
import { beyond, elsewhere } from './elsewhere.ts';

describe('elsewhere', () => {
  it.each([
    [undefined, ''],
    [null, ''],
    [[], ''],
    [['YouTube'], 'YouTube'],
    [[''], 'another platform'],
    [['', ''], '2 other platforms'],
    [['YouTube', 'Twitch'], 'YouTube and Twitch'],
    [['YouTube', '', 'YouTube'], 'YouTube and another platform'],
    [['YouTube', 'Twitch', 'School TV'], 'YouTube, Twitch and School TV'],
  ] as const)('says %j as people do', (names, words) => {
    expect(elsewhere(names)).toBe(words);
  });
});

describe('beyond', () => {
  it('tells nobody of what there is not', () => {
    expect(beyond(null)).toBe('');
    expect(beyond({ pushes: null, recording_tracks: false })).toBe('');
  });

  it('tells of both before somebody goes on stage', () => {
    const words = beyond({ pushes: ['YouTube'], recording_tracks: true });
    expect(words).toMatch(
      /^Each person is also recorded in files of their own.* goes to YouTube: /,
    );
  });
});
