import type { ChatMessage } from '../signal/messages.ts';

/**
 * The messages that a viewer may see whose playhead stands at `playheadMs` of the program's wall
 * clock: what was said by then, so that nobody who is behind reads ahead of what they hear. One's
 * own messages are always shown. Null for a page that plays no program: everything is shown.
 */
export function visibleChat(
  chat: readonly ChatMessage[],
  playheadMs: number | null,
  selfId: string,
): readonly ChatMessage[] {
  if (playheadMs === null) {
    return chat;
  }
  return chat.filter((message) => {
    const at = message.media_at ? Date.parse(message.media_at) : Number.NaN;
    return message.from.id === selfId || Number.isNaN(at) || at <= playheadMs;
  });
}
