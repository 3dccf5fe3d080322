import { describe, expect, it } from 'vitest';
import { type Consent, consequence, inBroadcast, marked, toSay } from './consent.ts';

describe('consent', () => {
  it('holds as given where nothing was said', () => {
    expect(inBroadcast({})).toBe(true);
    expect(inBroadcast({ consent: 'given' })).toBe(true);
    expect(inBroadcast({ consent: 'declined' })).toBe(false);
    expect(inBroadcast({ consent: 'forbidden' })).toBe(false);
  });

  it('says an answer once, and nothing where nobody asked or nobody may answer', () => {
    const words: [boolean | null, Consent | undefined, boolean | null][] = [
      [true, undefined, true],
      [false, undefined, false],
      [true, 'declined', true],
      [false, 'given', false],
      [true, 'given', null],
      [false, 'declined', null],
      [true, 'forbidden', null],
      [null, undefined, null],
      [null, 'declined', null],
    ];
    for (const [answer, known, said] of words) {
      expect(toSay(answer, known), `${answer} ${known}`).toBe(said);
    }
  });

  it('tells the truth about the recording', () => {
    expect(consequence(true, true)).toContain('you are in the recording');
    expect(consequence(true, false)).toContain('you may be in the recording');
    expect(consequence(false, true)).toContain('neither the audience nor the recording');
  });

  it('marks who is out of the broadcast for themself and for who leads only', () => {
    const ben = { id: 'ben', consent: 'declined' as const };
    expect(marked(ben, { id: 'ben', leads: false })).toBe(true);
    expect(marked(ben, { id: 'ada', leads: true })).toBe(true);
    expect(marked(ben, { id: 'eve', leads: false })).toBe(false);
    expect(marked(ben, null)).toBe(false);
    expect(marked({ id: 'ben' }, { id: 'ada', leads: true })).toBe(false);
  });
});
