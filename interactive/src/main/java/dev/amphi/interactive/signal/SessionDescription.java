package dev.amphi.interactive.signal;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An SDP (RFC 8866) as it was written, within the bounds of {@link SdpParser}. */
public record SessionDescription(SdpAttributes attributes, List<MediaDescription> sections) {
  public SessionDescription {
    sections = List.copyOf(sections);
  }

  /** The tags of all media sections, in order. */
  public List<String> mids() {
    return sections.stream().map(MediaDescription::mid).toList();
  }

  /** The tags of the first BUNDLE group (RFC 8843). */
  Set<String> bundle() {
    return attributes
        .all("group")
        .filter(group -> group.startsWith("BUNDLE"))
        .findFirst()
        .map(group -> Arrays.stream(group.split(" ", -1)).skip(1).collect(Collectors.toSet()))
        .orElse(Set.of());
  }
}
