import { html, nothing } from 'lit';
import { elsewhere } from '../core/room/elsewhere.ts';
import type { Room } from '../core/signal/messages.ts';

/** Tells everybody in words where else the class goes, also when that changes. */
export function elsewhereBadge(room: Room) {
  const places = elsewhere(room.pushes);
  const words = `Also goes to ${places}`;
  return places
    ? html`<span class="badge elsewhere" role="status" title=${words}><span>${words}</span></span>`
    : nothing;
}
