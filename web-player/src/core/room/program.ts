import type { Participant, ProgramNotice, Source } from '../signal/messages.ts';
import type { RoomState } from './state.ts';

const NOTHING: ProgramNotice = { without: '', shut_out: [] };

const WITHOUT: Readonly<Record<ProgramNotice['without'], string>> = {
  '': '',
  frame_rate:
    'The machine is busy: the picture is drawn 15 times a second. The sound is not affected.',
  preset:
    'The machine is busy: the picture is drawn 15 times a second, and less sharp. The sound is not affected.',
  resolution:
    'The machine is very busy: larger pictures change only four times a second, small ones move on. The sound is not affected.',
  student_video:
    'The machine is too busy: students are shown by their initials, and larger pictures change only four times a second. The sound is not affected.',
};

const SOURCES: Readonly<Record<Source, string>> = {
  microphone: 'microphone',
  camera: 'camera',
  screen: 'screen',
  screen_audio: 'screen’s sound',
};

/** What nobody on stage sends: its name, and what brings it back. */
const SURFACES: Readonly<Record<string, { name: string; help: string; back: string }>> = {
  '~slides': { name: 'This page', help: 'Turn to another page.', back: 'The slides are' },
  '~sheet': { name: 'The sheet', help: 'Clear it to draw on it again.', back: 'The sheet is' },
};

/** What the program goes without, in words for who runs the class; empty when all is well. */
export function troubles(state: RoomState): readonly string[] {
  const { without, shut_out, resting = [] } = noticeOf(state);
  const busy = WITHOUT[without] ?? ''; // A newer server may know more words.
  return [
    ...(busy ? [busy] : []),
    ...shut_out.flatMap((track) => shutOut(state, track)),
    ...resting.flatMap((track) => rests(state, track)),
  ];
}

/** What of it somebody on stage causes and can mend, in words for them; empty when nothing is. */
export function ownTroubles(state: RoomState): readonly string[] {
  const own = new Set(state.self?.tracks.map(({ id }) => id));
  const { resting = [] } = noticeOf(state);
  return resting.filter((track) => own.has(track)).flatMap((track) => rests(state, track));
}

/** What of it is over since then; empty when nothing is. */
export function recovered(before: RoomState, after: RoomState): readonly string[] {
  if (!before.room?.live || !after.room?.live || !after.self) {
    return [];
  }
  const was = noticeOf(before);
  const now = noticeOf(after);
  const caughtUp = was.without !== '' && now.without === '';
  const back = was.shut_out
    .filter((track) => !now.shut_out.includes(track))
    .flatMap((track) => ownerOf(before, track))
    .filter(([person]) => isOnStage(after, person))
    .map(([{ name }, source]) => `${name}’s ${source} is not shut out of the program any more.`);
  const rested = (was.resting ?? [])
    .filter((track) => !now.resting?.includes(track) && !now.shut_out.includes(track))
    .flatMap((track) => ownerOf(before, track))
    .filter(([person]) => isOnStage(after, person))
    .map(([person, source]) => `${whose(after, person)} ${source} is in the program again.`);
  const surfaces = was.shut_out
    .filter((source) => !now.shut_out.includes(source))
    .flatMap((source) => SURFACES[source] ?? [])
    .map(({ back: is }) => `${is} not shut out of the program any more.`);
  return [
    ...(caughtUp ? ['The machine has caught up: the picture is whole again.'] : []),
    ...back,
    ...rested,
    ...surfaces,
  ];
}

/** That the program failed since then, in words; empty when it did not. */
export function restarted(before: RoomState, after: RoomState): string {
  const times = noticeOf(after).restarts ?? 0;
  return before.self && after.room?.live && times > (noticeOf(before).restarts ?? 0)
    ? 'The program stopped and was started again: for some seconds the audience saw a picture that stood still.'
    : '';
}

function shutOut(state: RoomState, track: string): readonly string[] {
  const surface = SURFACES[track];
  if (surface) {
    return [
      `${surface.name} was shut out of the program, which it made fail again and again. ${surface.help}`,
    ];
  }
  return ownerOf(state, track).map(
    ([{ name }, source]) =>
      `${name}’s ${source} was shut out of the program, which it made fail again and again. The stage still has it. It may come in again once ${name} has left the stage and come back.`,
  );
}

function rests(state: RoomState, track: string): readonly string[] {
  return ownerOf(state, track).map(([person, source]) => {
    const seen = source === SOURCES.camera ? 'initials' : 'its last picture';
    return `${whose(state, person)} ${source} rests in the program: its pictures take more work than there is time for. The audience sees ${seen} for now; the sound is not affected. A smaller picture helps.`;
  });
}

function whose(state: RoomState, person: Participant): string {
  return person.id === state.self?.id ? 'Your' : `${person.name}’s`;
}

function isOnStage(state: RoomState, person: Participant): boolean {
  return state.participants.some(({ id, state: at }) => id === person.id && at === 'on_stage');
}

function ownerOf(state: RoomState, track: string): readonly (readonly [Participant, string])[] {
  return state.participants.flatMap((person) =>
    person.tracks
      .filter(({ id }) => id === track)
      .map(({ source }) => [person, SOURCES[source]] as const),
  );
}

function noticeOf(state: RoomState): ProgramNotice {
  return state.room?.program ?? NOTHING;
}
