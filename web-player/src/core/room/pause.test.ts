import { describe, expect, it } from 'vitest';
import { afterMinutes, atClock, clockOf, leftOf, momentOf } from './pause.ts';

const NOW = new Date(2026, 10, 21, 10, 30, 20).getTime();

describe('a break', () => {
  it('lasts as long as it was pressed for', () => {
    expect(afterMinutes(10, NOW).getTime() - NOW).toBe(600_000);
  });

  it('ends when the clock on the wall shows the time next', () => {
    expect(atClock('10:45', NOW)).toEqual(new Date(2026, 10, 21, 10, 45));
    expect(atClock('10:30', NOW)).toEqual(new Date(2026, 10, 22, 10, 30));
    expect(atClock('00:05', NOW)).toEqual(new Date(2026, 10, 22, 0, 5));
  });

  it('does not end at what is no time', () => {
    expect(['', '9:00', '24:00', '12:60', 'noon'].map((text) => atClock(text, NOW))).toEqual(
      Array(5).fill(null),
    );
  });

  it('says its end as the clock on the wall does', () => {
    expect(clockOf(new Date(2026, 10, 21, 9, 5))).toBe('09:05');
  });

  it('says the day of what is not today', () => {
    const now = new Date(NOW);
    expect(momentOf(new Date(2026, 10, 21, 23, 5), now)).toBe('23:05');
    expect(momentOf(new Date(2026, 10, 22, 9, 5), now)).toBe('09:05 on Sunday 22 November');
    expect(momentOf(new Date(2027, 10, 21, 9, 5), now)).toContain('09:05 on Sunday');
  });

  it('counts down to its end, and no further', () => {
    expect(leftOf(NOW + 600_000, NOW)).toBe('10:00');
    expect(leftOf(NOW + 65_400, NOW)).toBe('1:06');
    expect(leftOf(NOW + 3_905_000, NOW)).toBe('1:05:05');
    expect([leftOf(NOW, NOW), leftOf(NOW - 1, NOW), leftOf(NaN, NOW)]).toEqual(['', '', '']);
  });
});
