import { assign, setup } from 'xstate';

export type LinkEvent =
  | { type: 'START' }
  | { type: 'OPENED' }
  | { type: 'WELCOMED'; session: string }
  | { type: 'HEARD' }
  /** The server said why it is about to hang up, and perhaps when to come again. */
  | { type: 'TOLD'; words: Words }
  | { type: 'LOST' }
  | { type: 'ENDED'; reason: string; code: string }
  /** The network is back, or the page is looked at again. */
  | { type: 'HURRY' };

/** What the server said last about the end of a socket. */
export interface Words {
  readonly code: string;
  readonly detail: string;
  readonly retryAfterMs: number | null;
}

const NOTHING: Words = { code: '', detail: '', retryAfterMs: null };

export interface LinkContext {
  readonly attempt: number;
  /** The session that a hello asks for; empty before the first welcome. */
  readonly session: string;
  readonly words: Words;
  readonly reason: string;
  readonly code: string;
  readonly backoff: Backoff;
  /** Whether the other side has been silent for longer than it should take. */
  readonly slow: boolean;
}

export type Backoff = (attempt: number, retryAfterMs: number | null) => number;

/** A socket that was begun on a dead network does not come alive with it: another may. */
const AFRESH = { target: 'opening', reenter: true, guard: 'slow' } as const;

/** From no socket to a welcome, again and again; the way is the same the first and every time. */
const trying = {
  opening: {
    entry: ['freshen', 'connect'],
    on: { OPENED: 'greeting', LOST: 'waiting', HURRY: AFRESH },
    after: { patience: 'waiting', fresh: { actions: 'age' } },
  },
  greeting: {
    entry: ['freshen', 'greet'],
    on: { LOST: 'waiting', HURRY: AFRESH },
    after: { patience: 'waiting', fresh: { actions: 'age' } },
  },
  waiting: {
    entry: 'hangUp',
    exit: 'countAttempt',
    on: { HURRY: 'opening' },
    after: { backoff: 'opening' },
  },
} as const;

/**
 * The signalling link: `idle → connecting → joined ⇄ reconnecting → closed`. It comes back by
 * itself whenever it was lost; only a refusal, the class's end or leaving closes it.
 */
export const linkMachine = setup({
  types: {
    events: {} as LinkEvent,
    context: {} as LinkContext,
    input: {} as { backoff: Backoff },
  },
  delays: {
    backoff: ({ context }) => context.backoff(context.attempt, context.words.retryAfterMs),
    patience: 10_000,
    /** A network that changes tells of it several times within a moment. */
    fresh: 1_000,
    silence: 20_000,
    answer: 4_000,
    settled: 10_000,
  },
  guards: { slow: ({ context }) => context.slow },
  actions: {
    freshen: assign({ slow: false }),
    age: assign({ slow: true }),
    /** Makes the socket; the owner provides it. */
    connect: () => {},
    /** Says hello; the owner provides it. */
    greet: () => {},
    /** Asks for a sign of life; the owner provides it. */
    probe: () => {},
    /** Closes the socket without a word; the owner provides it. */
    hangUp: () => {},
    countAttempt: assign({ attempt: ({ context }) => context.attempt + 1, words: NOTHING }),
  },
}).createMachine({
  id: 'link',
  context: ({ input }) => ({
    attempt: 0,
    session: '',
    words: NOTHING,
    reason: '',
    code: '',
    backoff: input.backoff,
    slow: false,
  }),
  initial: 'idle',
  on: {
    TOLD: { actions: assign({ words: ({ event }) => event.words }) },
    ENDED: {
      target: '.closed',
      actions: assign({ reason: ({ event }) => event.reason, code: ({ event }) => event.code }),
    },
  },
  states: {
    idle: { on: { START: 'connecting' } },
    connecting: { initial: 'opening', on: { WELCOMED: 'joined' }, states: trying },
    joined: {
      entry: assign({ session: ({ context, event }) => sessionOf(event) ?? context.session }),
      initial: 'listening',
      on: { LOST: 'reconnecting' },
      // A server that lets in and hangs up at once must not be asked four times a second.
      after: { settled: { actions: assign({ attempt: 0 }) } },
      states: {
        listening: {
          on: { HEARD: { target: 'listening', reenter: true }, HURRY: 'probing' },
          after: { silence: 'probing' },
        },
        probing: {
          entry: 'probe',
          on: { HEARD: 'listening' },
          after: { answer: '#link.reconnecting' },
        },
      },
    },
    reconnecting: { initial: 'waiting', on: { WELCOMED: 'joined' }, states: trying },
    closed: { type: 'final', entry: 'hangUp' },
  },
});

function sessionOf(event: LinkEvent): string | null {
  return event.type === 'WELCOMED' ? event.session : null;
}
