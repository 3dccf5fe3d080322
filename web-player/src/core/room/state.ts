import type { KnownPoll } from '../polls/poll.ts';
import type {
  ChatMessage,
  IceServer,
  Participant,
  Quality,
  Room,
  Track,
} from '../signal/messages.ts';

/** Everything that the page knows of a room; a value that the reducer replaces. */
export interface RoomState {
  /** Of the snapshot and the differences that were put on it. */
  readonly version: number;
  readonly self: Participant | null;
  readonly room: Room | null;
  readonly participants: readonly Participant[];
  readonly speaker: string;
  readonly chat: readonly ChatMessage[];
  /** The question to the class; null while there is none. */
  readonly poll: KnownPoll | null;
  /** The relays for this participant's peer connection; none while it may not publish. */
  readonly iceServers: readonly IceServer[];
  /** How the links of those on stage do, by participant; who is missing has none. */
  readonly quality: Readonly<Record<string, Quality>>;
  /** How often the server wants the browser's own figures; 0 where nobody collects them. */
  readonly statsEveryMs: number;
}

export const EMPTY_ROOM: RoomState = {
  version: 0,
  self: null,
  room: null,
  participants: [],
  speaker: '',
  chat: [],
  poll: null,
  iceServers: [],
  quality: {},
  statsEveryMs: 0,
};

/** Those whom the audience sees and hears. */
export function onStage(state: RoomState): readonly Participant[] {
  return state.participants.filter((person) => person.state === 'on_stage');
}

/** Those who wait behind the stage, or are on their way there. */
export function backstage(state: RoomState): readonly Participant[] {
  return state.participants.filter(
    (person) =>
      person.state === 'backstage' || person.state === 'accepted' || person.state === 'invited',
  );
}

/** Raised hands, who waited longest first. */
export function raisedHands(state: RoomState): readonly Participant[] {
  return state.participants
    .filter((person) => person.state === 'requested')
    .sort((a, b) => (a.hand_at ?? '').localeCompare(b.hand_at ?? '') || a.id.localeCompare(b.id));
}

/** Students who wait until they are let in. */
export function waiting(state: RoomState): readonly Participant[] {
  return state.participants.filter((person) => person.state === 'waiting');
}

/** The tracks that this participant should receive: everybody else's on stage and backstage. */
export function tracksToReceive(state: RoomState): readonly Track[] {
  return state.participants
    .filter(
      (person) =>
        person.id !== state.self?.id &&
        (person.state === 'on_stage' || person.state === 'backstage'),
    )
    .flatMap((person) => person.tracks);
}

export function trackOf(
  person: Participant | null | undefined,
  source: Track['source'],
): Track | undefined {
  return person?.tracks.find((track) => track.source === source);
}
