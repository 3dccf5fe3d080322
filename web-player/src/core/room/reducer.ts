import type { ChatMessage, Participant, RoomEvent } from '../signal/messages.ts';
import { EMPTY_ROOM, type RoomState } from './state.ts';

const CHAT_KEPT = 500;

/** The room after a message of the server; unknown messages change nothing. */
export function reduce(state: RoomState, event: RoomEvent): RoomState {
  switch (event.type) {
    case 'welcome':
      return {
        ...EMPTY_ROOM,
        self: event.self,
        room: event.room,
        participants: withPerson(event.participants, event.self),
        speaker: event.resumed ? state.speaker : '',
        chat: mergeChat(state.chat, event.chat ?? []),
        iceServers: event.iceServers ?? [],
      };
    case 'participant':
      return {
        ...state,
        self: event.participant.id === state.self?.id ? event.participant : state.self,
        participants: withPerson(state.participants, event.participant),
      };
    case 'participant_left':
      return {
        ...state,
        participants: state.participants.filter((person) => person.id !== event.id),
        speaker: state.speaker === event.id ? '' : state.speaker,
      };
    case 'room':
      return { ...state, room: event.room };
    case 'speaker':
      return { ...state, speaker: event.participant };
    case 'ice_servers':
      return { ...state, iceServers: event.iceServers };
    case 'chat':
      return { ...state, chat: mergeChat(state.chat, [event]) };
    default:
      return state;
  }
}

function withPerson(people: readonly Participant[], person: Participant): readonly Participant[] {
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
