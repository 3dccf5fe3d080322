import { describe, expect, it } from 'vitest';
import { asked, news, standing, type Push, type Written } from './pushes.ts';

const TOLD = new Date(2026, 10, 22, 10, 45, 30).getTime();

const push = (fields: Partial<Push>): Push => ({
  id: '1',
  name: 'School TV',
  url: 'rtmp://live.example/app/***',
  state: 'live',
  state_for_s: 0,
  dropped_groups: 0,
  ...fields,
});

describe('standing', () => {
  it('says since when it is on air, by the clock on the wall', () => {
    expect(standing(push({ state_for_s: 90 }), TOLD, TOLD + 2000)).toEqual({
      tone: 'good',
      words: 'On air there since 10:44',
      why: '',
    });
  });

  it('counts the seconds until it is tried again, and says why', () => {
    const broken = push({ state: 'retrying', retry_in_s: 5, detail: 'live.example refused.' });
    expect(standing(broken, TOLD, TOLD)).toEqual({
      tone: 'bad',
      words: 'Trying again in 5 s',
      why: 'live.example refused.',
    });
    expect(standing(broken, TOLD, TOLD + 3200).words).toBe('Trying again in 2 s');
    expect(standing(broken, TOLD, TOLD + 9000).words).toBe('Trying again …');
  });

  it('says what to do when it is given up, in the server’s own words first', () => {
    const failed = push({ state: 'failed', detail: 'live.example does not take this key.' });
    expect(standing(failed, TOLD, TOLD).why).toBe(
      'live.example does not take this key. Remove it, and add it as it should be.',
    );
  });

  it('tells of a platform that is too slow', () => {
    expect(standing(push({ dropped_groups: 1 }), TOLD, TOLD).why).toMatch(/left out once\.$/);
    expect(standing(push({ dropped_groups: 3 }), TOLD, TOLD).why).toMatch(/left out 3 times\.$/);
  });
});

describe('news', () => {
  it('does not change with the seconds', () => {
    const at = (retry_in_s: number) => news([push({ state: 'retrying', retry_in_s })]);
    expect(at(5)).toBe('School TV: trying again.');
    expect(at(4)).toBe(at(5));
  });
});

describe('asked', () => {
  const written = (fields: Partial<Written>): Written => ({
    place: 'rtmp',
    address: ' rtmp://live.example/app ',
    key: '',
    passphrase: '',
    name: '',
    rendition: '',
    ...fields,
  });

  it('leaves out what nobody wrote, and the blanks around what was pasted', () => {
    expect(asked(written({ key: ' abcd-efgh\n' }))).toEqual({
      url: 'rtmp://live.example/app',
      key: 'abcd-efgh',
    });
    expect(asked(written({ name: ' School TV ', rendition: '480p' }))).toEqual({
      url: 'rtmp://live.example/app',
      name: 'School TV',
      rendition: '480p',
    });
  });

  it('puts SRT’s secrets into the address, where the server reads them', () => {
    const srt = { place: 'srt', address: 'srt://live.example:9000' } as const;
    expect(asked(written({ ...srt, key: 'a/b', passphrase: 'ten letters&' })).url).toBe(
      'srt://live.example:9000?streamid=a%2Fb&passphrase=ten%20letters%26',
    );
    expect(
      asked(written({ ...srt, address: 'srt://live.example:9000?latency=200', key: 'x' })).url,
    ).toBe('srt://live.example:9000?latency=200&streamid=x');
    expect(asked(written({ ...srt, key: 'x' }))).not.toHaveProperty('key');
  });
});
