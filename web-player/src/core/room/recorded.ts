import type { Room } from '../signal/messages.ts';

/** What is the matter with the recording, in words for who runs the class; empty when all is well. */
export function recordingTroubles(room: Room | null): readonly string[] {
  const notice = room?.recording_notice;
  if (!room || !notice) {
    return [];
  }
  const { failed, detail, stored_detail: stored } = notice;
  const again = failed && !room.recording ? ' After that, press Record: another one begins.' : '';
  return [
    ...(detail || failed ? [`${detail || 'The recording failed.'}${again}`] : []),
    ...(stored ? [`The store does not take the recording. ${stored}`] : []),
  ];
}
