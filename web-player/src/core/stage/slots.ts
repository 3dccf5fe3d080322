import type { Kind } from '../signal/messages.ts';

/** A receiving section of the peer connection, and the track that it shows. */
export interface Slot {
  readonly mid: string;
  readonly kind: Kind;
  readonly track: string | null;
}

export interface WantedTrack {
  readonly id: string;
  readonly kind: Kind;
}

export interface SlotPlan {
  /** What to change in slots that exist, in this order: what falls silent first. */
  readonly changes: readonly { readonly mid: string; readonly track: string | null }[];
  /** Tracks for which a slot must be added, by a new offer. */
  readonly missing: readonly WantedTrack[];
}

/**
 * Fits the wanted tracks into the slots: a track that is shown stays where it is, a new one takes a
 * free slot of its kind, and only what is left over asks for more slots.
 */
export function planSlots(slots: readonly Slot[], wanted: readonly WantedTrack[]): SlotPlan {
  const wantedIds = new Set(wanted.map((track) => track.id));
  const shown = new Set(slots.map((slot) => slot.track));
  const free = slots.filter((slot) => slot.track === null || !wantedIds.has(slot.track));
  const taken = new Map<string, string>();
  const missing: WantedTrack[] = [];
  for (const track of wanted) {
    if (shown.has(track.id)) {
      continue;
    }
    const slot = free.find(
      (candidate) => candidate.kind === track.kind && !taken.has(candidate.mid),
    );
    if (slot) {
      taken.set(slot.mid, track.id);
    } else {
      missing.push(track);
    }
  }
  const emptied = free
    .filter((slot) => slot.track !== null && !taken.has(slot.mid))
    .map((slot) => ({ mid: slot.mid, track: null }));
  const filled = [...taken].map(([mid, track]) => ({ mid, track }));
  return { changes: [...emptied, ...filled], missing };
}
