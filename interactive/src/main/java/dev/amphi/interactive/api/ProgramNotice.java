package dev.amphi.interactive.api;

import java.util.List;

/**
 * What a class's program goes without for now, and whether it failed; told to those who run the
 * class, because nothing else says why the audience sees less than they do.
 *
 * @param without the last thing that was given up while the machine is busy, each including those
 *     before it: {@code frame_rate, preset, resolution, student_video}; "" when nothing is missing
 * @param shutOut ids of the tracks that are not decoded any more, because they made the program
 *     fail again and again
 * @param resting ids of the tracks whose pictures are left out for now, because decoding them takes
 *     more than there is
 * @param restarts how often it had to be started again since the class began here
 */
public record ProgramNotice(
    String without, List<String> shutOut, List<String> resting, int restarts) {
  /** Nothing is missing, and nothing failed. */
  public static final ProgramNotice NONE = new ProgramNotice("", List.of(), 0);

  /** Takes copies. */
  public ProgramNotice {
    shutOut = List.copyOf(shutOut);
    resting = List.copyOf(resting);
  }

  /** No track rests. */
  public ProgramNotice(String without, List<String> shutOut, int restarts) {
    this(without, shutOut, List.of(), restarts);
  }
}
