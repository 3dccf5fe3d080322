package dev.amphi.server.load.composer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is to be measured.
 *
 * @param only who is to be measured, of {@link #EVERYBODY}
 * @param java options for the child's Java machine: this composer is measured with each too
 * @param settle seconds before each measurement
 * @param seconds length of one measurement
 * @param rounds how often each is measured, in turn
 */
public record ComposerPlan(
    List<Case> cases, List<String> only, List<String> java, int settle, int seconds, int rounds) {
  /** All that can be measured, as the command line spells them. */
  public static final List<String> EVERYBODY =
      List.of("amphi", "ffmpeg", "preset", "gstreamer", "floor");

  public ComposerPlan {
    only = List.copyOf(only);
    java = List.copyOf(java);
    cases = List.copyOf(cases);
  }

  /** One kind of work. */
  public enum Case {
    MOTION("four cameras, every pixel moves, 720p"),
    SHARE("a still share with one small camera, 720p"),
    LADDER("four cameras, every pixel moves, 720p + 480p + 360p"),
    DELAY("from a camera's frame to the coded sample, and memory after a minute"),
    ROOMS("four 720p rooms at once, a teacher and slides in each"),
    TRANSITION("what a move from one layout to another costs");

    private final String words;

    Case(String words) {
      this.words = words;
    }

    /** Whether others do the same beside it, in turn and in rounds. */
    public boolean compared() {
      return this == MOTION || this == SHARE || this == LADDER;
    }

    /** As people write it. */
    public String words() {
      return words;
    }

    /** As the command line spells it. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** All, as the command line spells them. */
    public static List<String> ids() {
      return List.of(values()).stream().map(Case::id).toList();
    }

    /** The case of that name. */
    public static Optional<Case> named(String id) {
      return List.of(values()).stream().filter(one -> one.id().equals(id)).findFirst();
    }
  }

  /** How long a source's file has to be. */
  int fileSeconds() {
    return settle + seconds + 20;
  }
}
