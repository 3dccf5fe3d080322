const NOTES_HERTZ = [523.25, 659.25, 783.99];
const NOTE_SECONDS = 0.22;
/** Well below full scale: somebody may wear headphones. */
const LOUDNESS = 0.2;

/** Plays three notes on this machine's speaker; call it from a press. */
export function chime(): void {
  const context = new AudioContext();
  const notes = NOTES_HERTZ.map((hertz, at) => {
    const begin = context.currentTime + at * NOTE_SECONDS;
    const level = new GainNode(context, { gain: 0 });
    level.gain.setTargetAtTime(LOUDNESS, begin, 0.01);
    level.gain.setTargetAtTime(0, begin + NOTE_SECONDS / 2, 0.09);
    const note = new OscillatorNode(context, { frequency: hertz });
    note.connect(level).connect(context.destination);
    note.start(begin);
    note.stop(begin + 3 * NOTE_SECONDS);
    return note;
  });
  notes.at(-1)?.addEventListener('ended', () => void context.close());
}
