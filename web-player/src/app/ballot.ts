import { answered, chosen, pressedOn, type KnownPoll } from '../core/polls/poll.ts';
import type { RoomState } from '../core/room/state.ts';
import type { Store } from '../core/store.ts';

/** What the answering of a poll needs of the session. */
interface Voter {
  readonly state: Store<RoomState>;
  ask(type: string, fields: Readonly<Record<string, unknown>>): Promise<boolean>;
}

/** One's own answer to the question of the class: marked when it is pressed, kept when it is taken. */
export class Ballot {
  readonly #voter: Voter;
  #presses = 0;

  constructor(voter: Voter) {
    this.#voter = voter;
  }

  async cast(option: number): Promise<void> {
    const { poll } = this.#voter.state.value;
    if (!poll?.open || chosen(poll) === option) {
      return;
    }
    const press = ++this.#presses;
    this.#set((now) => pressedOn(now, poll.id, option));
    const taken = await this.#voter.ask('vote', { poll: poll.id, option });
    this.#set((now) => answered(now, poll.id, option, taken, press === this.#presses));
  }

  #set(change: (poll: KnownPoll | null) => KnownPoll | null): void {
    const { state } = this.#voter;
    state.set({ ...state.value, poll: change(state.value.poll) });
  }
}
