import { html, nothing } from 'lit';
import type { Room } from '../core/signal/messages.ts';

/** Tells everybody in words whether and how the class is recorded, also when that changes. */
export function recordingBadge(room: Room) {
  if (!room.recording) {
    return nothing;
  }
  if (room.recording_paused) {
    return html`<span class="badge" role="status">Recording paused</span>`;
  }
  return room.recording_tracks
    ? html`<span
        class="badge recording each"
        role="status"
        title="Each person on stage is also kept in files of their own."
        >REC, each person too</span
      >`
    : html`<span class="badge recording" role="status">REC</span>`;
}
