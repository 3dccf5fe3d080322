import type { Room } from '../signal/messages.ts';

/** Where else the class goes, as people say it: `YouTube and another platform`; empty for nowhere. */
export function elsewhere(names: Room['pushes']): string {
  const all = names ?? [];
  const named = [...new Set(all.filter((name) => name))];
  const others = all.filter((name) => !name).length;
  const places =
    others === 0
      ? named
      : [...named, others === 1 ? 'another platform' : `${others} other platforms`];
  const last = places.at(-1) ?? '';
  return places.length > 1 ? `${places.slice(0, -1).join(', ')} and ${last}` : last;
}

/** What whoever comes on stage has to know beyond the class's own audience and recording. */
export function beyond(room: Pick<Room, 'recording_tracks' | 'pushes'> | null): string {
  const places = elsewhere(room?.pushes);
  return [
    ...(room?.recording_tracks
      ? ['Each person is also recorded in files of their own, of which a new video may be cut.']
      : []),
    ...(places ? [`The class also goes to ${places}: people there see and hear you too.`] : []),
  ].join(' ');
}
