import { onStage, trackOf, type RoomState } from '../room/state.ts';
import { moderates, type Participant } from '../signal/messages.ts';

/** What the class draws on: the same for everybody, whatever their page looks like. */
export interface Surface {
  readonly kind: 'slides' | 'screen' | 'camera' | 'sheet';
  /** Whose picture it is; null for slides and the empty sheet. */
  readonly person: Participant | null;
}

const SLIDES: Surface = { kind: 'slides', person: null };
const EMPTY_SHEET: Surface = { kind: 'sheet', person: null };

/**
 * The slides that are up; without them the shared screen, who moderates first; without one the teacher's camera; without that an empty
 * sheet. By id where several would do, because each page must come to the same answer.
 */
export function surfaceOf(state: RoomState): Surface {
  if (state.room?.slides) {
    return SLIDES;
  }
  const people = [...onStage(state)].sort(
    (a, b) =>
      Number(moderates(b.role)) - Number(moderates(a.role)) ||
      (a.id < b.id ? -1 : Number(a.id > b.id)),
  );
  const shows = (person: Participant, source: 'screen' | 'camera'): boolean =>
    trackOf(person, source)?.muted === false;
  const sharing = people.find((person) => shows(person, 'screen'));
  if (sharing) {
    return { kind: 'screen', person: sharing };
  }
  const teacher = people.find((person) => moderates(person.role) && shows(person, 'camera'));
  return teacher ? { kind: 'camera', person: teacher } : EMPTY_SHEET;
}
