import { assign, setup } from 'xstate';
import type { StageState } from '../signal/messages.ts';

/** What moves a participant's own way to the stage and back: the server's word, or their own. */
export type StageEvent =
  | { type: 'SERVER'; state: StageState }
  | { type: 'PREVIEW_OK' }
  /** The answer to whether the audience may see them: either leads on. */
  | { type: 'CONSENT'; given: boolean }
  | { type: 'ANSWERED' }
  | { type: 'FAILED' };

const onServer = {
  SERVER: [
    { guard: { type: 'is', params: { state: 'requested' } }, target: '#stage.requested' },
    { guard: { type: 'is', params: { state: 'invited' } }, target: '#stage.invited' },
    { guard: { type: 'is', params: { state: 'accepted' } }, target: '#stage.accepted' },
    { guard: { type: 'is', params: { state: 'backstage' } }, target: '#stage.backstage' },
    { guard: { type: 'is', params: { state: 'on_stage' } }, target: '#stage.onStage' },
    { guard: { type: 'is', params: { state: 'declined' } }, target: '#stage.offStage' },
    { guard: { type: 'is', params: { state: 'removed' } }, target: '#stage.removed' },
    { guard: { type: 'is', params: { state: 'off_stage' } }, target: '#stage.offStage' },
    { guard: { type: 'is', params: { state: 'waiting' } }, target: '#stage.offStage' },
  ],
} as const;

/**
 * A viewer's way to the stage. The server decides each step; between `accepted` and `backstage`
 * stand the viewer's own: to see themselves, to say whether the audience may, and to have their
 * media answered.
 */
export const stageMachine = setup({
  types: { context: {} as { given: boolean | null }, events: {} as StageEvent },
  actions: {
    note: assign(({ event }) => (event.type === 'CONSENT' ? { given: event.given } : {})),
  },
  guards: {
    is: ({ event }, params: { state: StageState }) =>
      event.type === 'SERVER' && event.state === params.state,
  },
}).createMachine({
  id: 'stage',
  initial: 'offStage',
  context: { given: null },
  states: {
    offStage: { on: onServer },
    requested: { on: onServer },
    invited: { on: onServer },
    accepted: {
      initial: 'preview',
      // The same word again, as after a reconnect, must not throw the viewer's own steps away.
      on: {
        SERVER: [{ guard: { type: 'is', params: { state: 'accepted' } } }, ...onServer.SERVER],
      },
      states: {
        preview: { on: { PREVIEW_OK: 'consent' } },
        consent: { on: { CONSENT: { target: 'joining', actions: 'note' } } },
        joining: { on: { FAILED: 'failed', ANSWERED: 'waiting' } },
        waiting: { on: { FAILED: 'failed' } },
        failed: { on: { CONSENT: { target: 'joining', actions: 'note' } } },
      },
    },
    backstage: { on: onServer },
    onStage: { on: onServer },
    removed: { type: 'final' },
  },
});
