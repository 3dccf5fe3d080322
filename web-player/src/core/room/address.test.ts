import { describe, expect, it } from 'vitest';
import { readDestination } from './address.ts';

describe('readDestination', () => {
  it('takes a code for the class to watch', () => {
    expect(readDestination('  class-7kf2m9xq ')).toEqual({
      page: 'watch',
      room: 'class-7kf2m9xq',
      hash: '',
    });
  });

  it('keeps the token of a link to the studio', () => {
    expect(readDestination('https://amphi.example/studio/demo#token=a.b.c')).toEqual({
      page: 'studio',
      room: 'demo',
      hash: '#token=a.b.c',
    });
    expect(readDestination('http://127.0.0.1:8080/watch/demo?token=a.b.c')?.hash).toBe(
      '#token=a.b.c',
    );
  });

  it('says no to anything else', () => {
    for (const text of ['', 'two words', 'https://amphi.example/', 'javascript:alert(1)', '../x']) {
      expect(readDestination(text)).toBeNull();
    }
  });
});
