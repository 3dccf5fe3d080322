package dev.amphi.composer.audio;

/**
 * One voice on the sound desk: levelled, put in front or behind by the {@link Foreground}, opened
 * and closed by its fader. Gains move in ramps, so that nothing clicks.
 */
public final class ChannelStrip {
  /** What a strip carries. */
  public enum Kind {
    /** The voice that leads the class. */
    TEACHER(15),
    /** Any other voice. */
    STUDENT(15),
    /** What a computer plays: music and films have a level of their own. */
    PLAYBACK(6);

    final double range;

    Kind(double range) {
      this.range = range;
    }
  }

  private static final double DOWN = 12; // dB a block, to where it is to stand
  private static final double UP = 1; // back from it in about 200 ms

  private final Leveller leveller;
  private final AudioMixer.Fader fader = new AudioMixer.Fader();
  private Kind kind;
  private double wanted;
  private double place;
  private float gain = 1;

  /** A strip whose fader opens. */
  public ChannelStrip(Kind kind) {
    this.kind = kind;
    this.leveller = new Leveller(kind.range);
  }

  /** What it carries. */
  public Kind kind() {
    return kind;
  }

  /** Somebody's role has changed. */
  public void kind(Kind now) {
    kind = now;
  }

  /** Opens it, or closes it. */
  public AudioMixer.Fader fader() {
    return fader;
  }

  /** Whether it is heard now, and not in a pause. */
  boolean speaking() {
    return leveller.speaking() && fader.isOpen();
  }

  /** In LUFS, of the last 100 ms. */
  double loudness() {
    return leveller.loudness();
  }

  /** What the leveller turns it up by, in dB. */
  double gain() {
    return leveller.gain();
  }

  /** How far in front it stands, in dB. */
  double standing() {
    return place;
  }

  /** How far in front it is to stand: 0 dB, or less. */
  void place(double decibels) {
    wanted = decibels;
  }

  /** Processes a block of interleaved stereo in place. */
  public void apply(float[] voice, int samples) {
    leveller.hear(voice, samples);
    place = wanted < place ? Math.max(wanted, place - DOWN) : Math.min(wanted, place + UP);
    float target = (float) Math.pow(10, (leveller.gain() + place) / 20);
    float step = (target - gain) / samples;
    for (int i = 0; i < samples; i++) {
      gain += step;
      voice[2 * i] *= gain;
      voice[2 * i + 1] *= gain;
    }
    gain = target;
    fader.apply(voice, samples);
  }
}
