/** Why a page does not open, for the person before it. */
export interface Closed {
  readonly heading: string;
  readonly text: string;
}

/**
 * What the server's refusal of a class means to whoever followed a link. Its own sentences are for
 * those who write programs, where they speak of tokens.
 *
 * @param ownLink whether the link carried a token
 */
export function closedBy(
  refusal: { readonly status: number; readonly code: string; readonly message: string },
  ownLink: boolean,
): Closed {
  const { status, code, message } = refusal;
  if (status === 404) {
    return {
      heading: 'There is no such class',
      text: 'Check the link: perhaps its end is missing. Or ask the teacher for a new one.',
    };
  }
  if (code === 'expired') {
    return { heading: 'Your link has expired', text: 'Ask the teacher for a new one.' };
  }
  if (status === 401 || status === 403) {
    return ownLink
      ? {
          heading: 'Your link does not work here',
          text: 'It may be incomplete, or of another class. Ask the teacher for a new one.',
        }
      : {
          heading: 'This class is not open to everybody',
          text: 'It needs a link of your own: ask the teacher for it.',
        };
  }
  return { heading: 'The class does not open', text: message };
}

/** Why the link of somebody who was in ended for good; null when only the class is over. */
export function sentAway(code: string, reason: string): Closed | null {
  switch (code) {
    case 'replaced':
      return {
        heading: 'You came in somewhere else',
        text: 'The class is open in another window or on another device.',
      };
    case 'expired':
      return { heading: 'Your link has expired', text: reason || 'Ask the teacher for a new one.' };
    case 'removed':
      return {
        heading: 'You were removed',
        text: reason || 'A teacher ended your visit to this class.',
      };
    default:
      return null;
  }
}
