package dev.amphi.interactive.room;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds who speaks, from the levels that publishers write beside their sound (RFC 6464). The
 * loudest must stay so for {@link #RISE_NANOS}, and whoever spoke keeps the floor for {@link
 * #HOLD_NANOS}, so that a cough changes nothing.
 */
final class SpeakerDetector {
  static final long HOLD_NANOS = 2_000_000_000L;
  static final long RISE_NANOS = 300_000_000L;

  /** -dBov; anything quieter is no speech. */
  private static final int SILENCE = 50;

  private static final double DECAY_NANOS = 400e6;

  private final List<Voice> voices;
  private final Predicate<String> may;
  private String speaker = "";
  private String rising = "";
  private long risingSinceNanos;
  private long lastHeardNanos;

  /** Anybody may have the floor. */
  SpeakerDetector() {
    this(new ArrayList<>(), participantId -> true);
  }

  private SpeakerDetector(List<Voice> voices, Predicate<String> may) {
    this.voices = voices;
    this.may = may;
  }

  /** Hears the same voices, but only these participants may have the floor. */
  SpeakerDetector among(Predicate<String> participants) {
    return new SpeakerDetector(voices, participants);
  }

  /** One publisher's sound. */
  static final class Voice {
    private final String participantId;
    private double loudness;
    private long atNanos;

    private Voice(String participantId) {
      this.participantId = participantId;
    }

    /**
     * Takes one packet's level.
     *
     * @param level 0 (loudest) to 127, in -dBov
     */
    void onLevel(int level, long nowNanos) {
      double now = Math.max(0, SILENCE - level);
      double kept = at(nowNanos);
      loudness = now > kept ? kept + (now - kept) * 0.3 : kept;
      atNanos = nowNanos;
    }

    private double at(long nowNanos) {
      return loudness * Math.exp(-(nowNanos - atNanos) / DECAY_NANOS);
    }
  }

  Voice add(String participantId) {
    Voice voice = new Voice(participantId);
    voices.add(voice);
    return voice;
  }

  void remove(Voice voice) {
    voices.remove(voice);
  }

  /** The participant who speaks, or "". */
  String speaker() {
    return speaker;
  }

  /** Looks again; true when the speaker changed. */
  boolean poll(long nowNanos) {
    String loudest = loudest(nowNanos);
    if (!loudest.equals(rising)) {
      rising = loudest;
      risingSinceNanos = nowNanos;
    }
    if (loudest.equals(speaker)) {
      lastHeardNanos = nowNanos;
      return false;
    }
    boolean gone = voices.stream().noneMatch(voice -> has(voice, speaker));
    boolean held = !speaker.isEmpty() && !gone && nowNanos - lastHeardNanos < HOLD_NANOS;
    if (held || (!loudest.isEmpty() && nowNanos - risingSinceNanos < RISE_NANOS)) {
      return false;
    }
    speaker = loudest;
    lastHeardNanos = nowNanos;
    return true;
  }

  private boolean has(Voice voice, String participantId) {
    return voice.participantId.equals(participantId) && may.test(participantId);
  }

  private String loudest(long nowNanos) {
    String loudest = "";
    double most = 1;
    for (Voice voice : voices) {
      double loudness = voice.at(nowNanos);
      if (loudness > most && may.test(voice.participantId)) {
        most = loudness;
        loudest = voice.participantId;
      }
    }
    return loudest;
  }
}
