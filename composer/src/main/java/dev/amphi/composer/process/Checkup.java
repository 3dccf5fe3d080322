package dev.amphi.composer.process;

import dev.amphi.composer.composition.Pace;
import dev.amphi.composer.load.LadderChoice;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a child found out about its machine.
 *
 * @param missing a sentence about a codec that is not there
 * @param encoder FFmpeg's name of what codes the program's picture; "" when something is missing
 * @param pictureNanos what it takes for a picture, as {@link Pace} measures it; 0 likewise
 */
public record Checkup(Optional<String> missing, String encoder, long pictureNanos) {
  /** Nobody has looked. */
  public static final Checkup NONE = new Checkup(Optional.empty(), "", 0);

  private static final Pattern ANSWER = Pattern.compile("(lib[a-z0-9]{1,20}) (\\d{1,12})");

  static Checkup of(String answer) {
    Matcher found = ANSWER.matcher(answer);
    return found.matches()
        ? new Checkup(Optional.empty(), found.group(1), Long.parseLong(found.group(2)))
        : new Checkup(Optional.of(answer), "", 0);
  }

  /** How ladders are chosen on this machine. */
  public LadderChoice ladders() {
    return pictureNanos == 0
        ? LadderChoice.REFERENCE
        : new LadderChoice(pictureNanos / (double) Pace.REFERENCE_NANOS);
  }
}
