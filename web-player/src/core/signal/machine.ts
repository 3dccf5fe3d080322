import { assign, setup } from 'xstate';

export type LinkEvent =
  | { type: 'START' }
  | { type: 'OPENED' }
  | { type: 'WELCOMED' }
  | { type: 'LOST' }
  | { type: 'ENDED'; reason: string; code: string }
  | { type: 'HURRY' };

/**
 * The signalling link: it connects, says hello, stays, and comes back by itself when it was lost.
 * Only a refusal, the class's end or leaving ends it.
 */
export const linkMachine = setup({
  types: {
    events: {} as LinkEvent,
    context: {} as {
      attempt: number;
      reason: string;
      code: string;
      backoff: (n: number) => number;
    },
    input: {} as { backoff: (attempt: number) => number },
  },
  delays: { backoff: ({ context }) => context.backoff(context.attempt), patience: 10_000 },
  actions: {
    /** Makes the socket; the owner provides it. */
    connect: () => {},
    /** Closes the socket without a word; the owner provides it. */
    hangUp: () => {},
  },
}).createMachine({
  id: 'link',
  context: ({ input }) => ({ attempt: 0, reason: '', code: '', backoff: input.backoff }),
  initial: 'idle',
  on: {
    ENDED: {
      target: '.ended',
      actions: assign({ reason: ({ event }) => event.reason, code: ({ event }) => event.code }),
    },
  },
  states: {
    idle: { on: { START: 'connecting' } },
    connecting: {
      entry: 'connect',
      on: { OPENED: 'joining', LOST: 'waiting' },
      after: { patience: 'waiting' },
    },
    joining: { on: { WELCOMED: 'open', LOST: 'waiting' }, after: { patience: 'waiting' } },
    open: { entry: assign({ attempt: 0 }), on: { LOST: 'waiting' } },
    waiting: {
      entry: 'hangUp',
      exit: assign({ attempt: ({ context }) => context.attempt + 1 }),
      on: { HURRY: 'connecting' },
      after: { backoff: 'connecting' },
    },
    ended: { type: 'final', entry: 'hangUp' },
  },
});
