package dev.amphi.composer.composition;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.audio.AudioMixer;
import dev.amphi.composer.audio.LoudnessMeter;
import dev.amphi.composer.codec.AudioEncoder;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Mixes the program's sound: once for everybody, as AAC for the broadcast, and in Opus while
 * somebody listens in real time, also without the voice of one participant (mix-minus). Each voice
 * is read once. For the tick's thread.
 */
final class SoundDesk {
  private static final int RATE = 48_000;

  /** Transparent for speech and good for music; five of them are a tenth of the picture's rate. */
  private static final int OPUS_BPS = 64_000;

  private final Stage stage;
  private final ProgramCodecs codecs;
  private final ProgramOutput output;
  private final int samples;
  private final float[] scratch;
  private final AudioMixer everybody;
  private final SoundLine broadcast;
  private final LoudnessMeter meter = new LoudnessMeter();
  private final int framesPerSecond;
  private final Map<String, Mix> mixes = new LinkedHashMap<>();

  /** A mix that is listened to in real time; that of everybody has no mixer of its own. */
  private record Mix(AudioMixer mixer, SoundLine line) {}

  /** Opens the broadcast's encoder and tells its format. */
  SoundDesk(CompositionSpec spec, Stage stage, ProgramCodecs codecs, ProgramOutput output) {
    this.stage = stage;
    this.codecs = codecs;
    this.output = output;
    this.framesPerSecond = spec.framesPerSecond();
    this.samples = RATE / framesPerSecond;
    this.scratch = new float[2 * samples];
    this.everybody = new AudioMixer(samples);
    AudioEncoder aac = codecs.aacEncoder(spec.audioBitrateBps());
    int length = aac.frameSamples();
    output.format(CompositionSpec.AUDIO, false, 0, 0, aac.config(), RATE);
    this.broadcast =
        new SoundLine(
            aac,
            0,
            (payload, time, sync) ->
                output.sample(CompositionSpec.AUDIO, payload, time, length, sync));
  }

  /** Makes the sound of one frame of the program. */
  void make(long frame, long timeNanos) {
    arrange(stage.listened(), frame);
    everybody.begin();
    mixes.values().forEach(mix -> mix.mixer.begin());
    stage.voices(timeNanos, scratch, this::add);
    float[] all = everybody.end();
    broadcast.add(all);
    meter.add(all, samples);
    if (frame % framesPerSecond == 0) {
      output.loudness(meter.integrated());
    }
    mixes.forEach((without, mix) -> mix.line.add(without.isEmpty() ? all : mix.mixer.end()));
  }

  private void add(String participantId, float[] voice) {
    everybody.add(voice);
    mixes.forEach(
        (without, mix) -> {
          if (!without.isEmpty() && !without.equals(participantId)) {
            mix.mixer.add(voice);
          }
        });
  }

  /** Opens what is wanted now and closes what is not any more. */
  private void arrange(Set<String> wanted, long frame) {
    if (wanted.equals(mixes.keySet())) {
      return;
    }
    for (Iterator<Map.Entry<String, Mix>> all = mixes.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<String, Mix> entry = all.next();
      if (!wanted.contains(entry.getKey())) {
        entry.getValue().line.drop();
        all.remove();
      }
    }
    wanted.stream()
        .sorted() // The mix of everybody first.
        .limit(Composition.MOST_MIXES)
        .forEach(without -> mixes.computeIfAbsent(without, key -> open(key, frame)));
  }

  private Mix open(String without, long frame) {
    SoundLine line =
        new SoundLine(
            codecs.opusEncoder(OPUS_BPS),
            frame * samples,
            (payload, time, sync) -> output.sound(without, payload, time));
    return new Mix(new AudioMixer(samples), line);
  }

  void finish() {
    mixes.values().forEach(mix -> mix.line.drop());
    mixes.clear();
    broadcast.finish();
  }
}
