import { told, welcomedWith } from '../polls/poll.ts';
import type {
  ChatMessage,
  Participant,
  PersonPatch,
  RoomEvent,
  Welcome,
} from '../signal/messages.ts';
import { EMPTY_ROOM, type RoomState } from './state.ts';

const CHAT_KEPT = 500;

type Changes = Extract<RoomEvent, { type: 'changes' }>;

/** The room after a message of the server; unknown messages change nothing. */
export function reduce(state: RoomState, event: RoomEvent): RoomState {
  switch (event.type) {
    case 'welcome':
      return welcomed(state, event);
    case 'changes':
      return changed(state, event);
    case 'speaker':
      return { ...state, speaker: event.participant };
    case 'quality':
      return { ...state, quality: event.levels };
    case 'ice_servers':
      return { ...state, iceServers: event.iceServers };
    case 'chat':
      return { ...state, chat: mergeChat(state.chat, [event]) };
    case 'poll':
      return { ...state, poll: told(state.poll, event.poll) };
    default:
      return state;
  }
}

/** A welcome without a snapshot only goes on: what was missed comes after it. */
function welcomed(state: RoomState, welcome: Welcome): RoomState {
  if (!welcome.room || !welcome.participants) {
    return { ...state, iceServers: welcome.iceServers ?? [], statsEveryMs: everyMs(welcome) };
  }
  return {
    ...EMPTY_ROOM,
    version: welcome.v ?? 0,
    self: welcome.self,
    room: welcome.room,
    participants: withPerson(welcome.participants, welcome.self),
    speaker: welcome.speaker ?? '',
    chat: mergeChat(state.chat, welcome.chat ?? []),
    poll: welcomedWith(state.poll, welcome.poll),
    iceServers: welcome.iceServers ?? [],
    statsEveryMs: everyMs(welcome),
  };
}

function everyMs(welcome: Welcome): number {
  return welcome.stats_every_ms ?? 0;
}

function changed(state: RoomState, event: Changes): RoomState {
  const left = event.left ?? {};
  const selfId = state.self?.id;
  let people = state.participants.filter((person) => !(person.id in left));
  let self = state.self;
  for (const patch of event.participants ?? []) {
    const before = patch.id === selfId ? self : people.find((person) => person.id === patch.id);
    const after = patched(before, patch);
    people =
      isListed(after) || after.id === selfId ? withPerson(people, after) : without(people, after);
    self = after.id === selfId ? after : self;
  }
  return {
    ...state,
    version: event.v,
    self,
    room: event.room && state.room ? { ...state.room, ...event.room } : state.room,
    participants: people,
    speaker: state.speaker in left ? '' : state.speaker,
  };
}

function patched(before: Participant | null | undefined, patch: PersonPatch): Participant {
  const merged = { ...before, ...patch };
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== null),
  ) as unknown as Participant;
}

/** The others of the audience are counted, not listed: the server speaks of them no more. */
function isListed({ role, state }: Participant): boolean {
  return !(
    role === 'viewer' &&
    (state === 'off_stage' || state === 'declined' || state === 'removed')
  );
}

function without(people: Participant[], person: Participant): Participant[] {
  return people.filter((other) => other.id !== person.id);
}

function withPerson(people: readonly Participant[], person: Participant): Participant[] {
  const at = people.findIndex((other) => other.id === person.id);
  return at < 0 ? [...people, person] : people.with(at, person);
}

/** Each message once, in the order of the wall clock; the oldest go when there are too many. */
function mergeChat(
  known: readonly ChatMessage[],
  fresh: readonly ChatMessage[],
): readonly ChatMessage[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const { id, from, text, at, media_at } of fresh) {
    byId.set(id, { id, from, text, at, media_at: media_at ?? null });
  }
  return [...byId.values()].sort((a, b) => a.at.localeCompare(b.at)).slice(-CHAT_KEPT);
}
