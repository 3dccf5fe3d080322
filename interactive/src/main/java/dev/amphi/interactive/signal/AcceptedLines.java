package dev.amphi.interactive.signal;

import dev.amphi.interactive.rtp.HeaderExtension;
import java.util.List;
import java.util.Map;

/**
 * What the answer says of a section beside its direction.
 *
 * @param formats in the offer's order
 * @param extensions with the offer's ids
 * @param reducedSize whether RTCP may be reduced-size (RFC 5506)
 */
record AcceptedLines(
    List<PayloadFormat> formats, Map<HeaderExtension, Integer> extensions, boolean reducedSize) {
  static final AcceptedLines NONE = new AcceptedLines(List.of(), Map.of(), false);

  AcceptedLines {
    formats = List.copyOf(formats);
    extensions = Map.copyOf(extensions);
  }
}
