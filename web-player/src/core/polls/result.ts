import type { Poll } from './poll.ts';

export interface Share {
  readonly option: string;
  readonly votes: number;
  /** Whole, of all votes. */
  readonly percent: number;
}

/**
 * What each answer got. Each share is rounded for itself, so that equal votes have equal shares; so
 * they may add up to 99 or 101.
 */
export function sharesOf({ options, votes = [] }: Poll): readonly Share[] {
  const all = options.reduce((sum, _, index) => sum + (votes[index] ?? 0), 0);
  return options.map((option, index) => {
    const count = votes[index] ?? 0;
    return { option, votes: count, percent: all === 0 ? 0 : Math.round((100 * count) / all) };
  });
}

export function votesInWords(votes: number): string {
  return votes === 1 ? '1 vote' : `${votes} votes`;
}

/** How many have answered, for a line of its own. */
export function votersInWords({ voters = 0 }: Poll): string {
  return voters === 0 ? 'Nobody has voted yet' : `${voters} ${voters === 1 ? 'has' : 'have'} voted`;
}

/** What a screen reader says when another poll is shown than before, or another state of it. */
export function newsOf(before: Poll | null, now: Poll | null): string {
  const asked = now !== null && before?.id !== now.id;
  const closed = now !== null && !now.open && (asked || before?.open === true);
  return [
    ...(asked ? [`A question to the class: ${now.question}`] : []),
    ...(closed ? [`The vote is closed. ${resultInWords(now)}`] : []),
  ].join(' ');
}

function resultInWords(poll: Poll): string {
  const shares = sharesOf(poll).map(({ option, percent }) => `${option}: ${percent} %`);
  return `${votersInWords(poll)}. ${shares.join(', ')}.`;
}
