import type { Closed } from '../room/closed.ts';

/** What is known of a recording, as far as the page goes by it. */
export interface Known {
  readonly state: 'recording' | 'processing' | 'ready' | 'failed';
  readonly paused?: boolean;
  readonly detail?: string;
}

/** What the page of a recording shows. */
export type Sight<R extends Known> =
  | { readonly is: 'ready'; readonly recording: R }
  | { readonly is: 'coming'; readonly words: Closed }
  | { readonly is: 'away'; readonly words: Closed }
  | { readonly is: 'closed'; readonly words: Closed };

interface Refused {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What a recording in this state looks like. */
export function sightOf<R extends Known>(recording: R): Sight<R> {
  switch (recording.state) {
    case 'ready':
      return { is: 'ready', recording };
    case 'recording':
      return {
        is: 'coming',
        words: recording.paused
          ? {
              heading: 'The recording is paused',
              text: 'It can be watched here when the class is over.',
            }
          : {
              heading: 'The class is still being recorded',
              text: 'It can be watched here when it is over.',
            },
      };
    case 'processing':
      return {
        is: 'coming',
        words: {
          heading: 'The recording is being prepared',
          text: 'That takes a moment. It opens here by itself.',
        },
      };
    case 'failed':
      return {
        is: 'closed',
        words: {
          heading: 'There is no video of this recording',
          text: recording.detail || 'Ask the teacher about it.',
        },
      };
  }
}

/**
 * What a refusal means to whoever followed a link.
 *
 * @param ownLink whether the link carried a token
 * @param seen whether it was here a moment ago
 */
export function refusedSight(refused: Refused, ownLink: boolean, seen: boolean): Sight<never> {
  const { status, code, message } = refused;
  if (status === 404 || status === 410) {
    return closed(
      seen ? 'The recording was erased' : 'There is no such recording',
      seen
        ? 'It was taken away while you watched.'
        : 'It may have been erased. Or its link is not whole: ask the teacher for a new one.',
    );
  }
  if (code === 'expired') {
    return closed(
      'Your link has expired',
      'Ask the teacher for a new one: it goes on where you stopped.',
    );
  }
  if (status === 401 || status === 403) {
    return ownLink
      ? closed(
          'Your link does not work here',
          'It may be incomplete, or of another class. Ask the teacher for a new one.',
        )
      : closed(
          'Recordings need a link of your own',
          'Ask the teacher for it. If you had one, open it once more.',
        );
  }
  return { is: 'away', words: { heading: 'The recording does not open yet', text: message } };
}

function closed(heading: string, text: string): Sight<never> {
  return { is: 'closed', words: { heading, text } };
}
