package dev.amphi.interactive.signal;

import dev.amphi.interactive.transport.RemoteParameters;
import java.util.List;

/**
 * What offer and answer agree on.
 *
 * @param remote the far side's path
 * @param sections one for each of the offer's, in its order (RFC 3264 §6)
 * @param mixedExtensions whether one- and two-byte header extensions may mix (RFC 8285 §4.1.2)
 */
public record Negotiation(
    RemoteParameters remote, List<Section> sections, boolean mixedExtensions) {
  public Negotiation {
    sections = List.copyOf(sections);
  }

  /** The ids of {@code transport-wide-cc} and the like are equal in all sections of a bundle. */
  public boolean transportFeedback() {
    return sections.stream()
        .map(Section::incoming)
        .anyMatch(incoming -> incoming != null && incoming.transportFeedback());
  }
}
