package dev.amphi.interactive.signal;

import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.transport.RemoteParameters;
import java.util.List;

/**
 * What offer and answer agree on.
 *
 * @param remote the far side's path
 * @param sections one for each of the offer's, in its order (RFC 3264 §6)
 * @param extensions every id that the far side may use on this path, in whichever section
 * @param mixedExtensions whether one- and two-byte header extensions may mix (RFC 8285 §4.1.2)
 */
public record Negotiation(
    RemoteParameters remote,
    List<Section> sections,
    HeaderExtensions extensions,
    boolean mixedExtensions) {
  public Negotiation {
    sections = List.copyOf(sections);
  }

  /** Whether data channels were agreed on. */
  public boolean data() {
    return sections.stream().anyMatch(Section::data);
  }
}
