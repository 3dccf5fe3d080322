package dev.amphi.server.node;

import dev.amphi.cluster.room.Removal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spells and reads a removal as a line of a file: {@code <until, in seconds since 1970>
 * <room>/<id>}, with the word {@code back} behind it when it was taken back.
 */
final class RemovalLine {
  private static final Pattern LINE = Pattern.compile("(\\d{1,12}) ([^/ ]+)/([^/ ]+)( back)?");

  private RemovalLine() {}

  /** With its line feed. */
  static String of(Removal decision) {
    return decision.untilSeconds()
        + " "
        + decision.roomId()
        + "/"
        + decision.participantId()
        + (decision.takenBack() ? " back\n" : "\n");
  }

  /** Empty for anything else, as what a full disk took of a line. */
  static Optional<Removal> read(String line) {
    Matcher parts = LINE.matcher(line);
    return parts.matches()
        ? Optional.of(
            new Removal(
                parts.group(2),
                parts.group(3),
                Long.parseLong(parts.group(1)),
                parts.group(4) != null))
        : Optional.empty();
  }
}
