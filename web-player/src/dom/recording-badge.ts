import { html, nothing } from 'lit';
import type { Room } from '../core/signal/messages.ts';

/** Tells everybody in words whether the class is recorded, also when that changes. */
export function recordingBadge(room: Room) {
  if (!room.recording) {
    return nothing;
  }
  return room.recording_paused
    ? html`<span class="badge" role="status">Recording paused</span>`
    : html`<span class="badge recording" role="status">REC</span>`;
}
