package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.TrackView.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

  /** What kind of media a section is for; empty when there is no such section or neither kind. */
  public Optional<Kind> kind(String mid) {
    return sections.stream()
        .filter(section -> section.mid().equals(mid))
        .findFirst()
        .flatMap(MediaDescription::kind);
  }

  /** The tags of the sections in which its author sends media of a kind, in order. */
  public List<String> sending(Kind kind) {
    return sections.stream()
        .filter(section -> section.kind().equals(Optional.of(kind)) && !section.rejected())
        .filter(section -> section.direction(attributes).sends())
        .map(MediaDescription::mid)
        .toList();
  }

  /** The tags of the sections in which its author takes media of a kind, in order. */
  public List<String> receiving(Kind kind) {
    return sections.stream()
        .filter(section -> section.kind().equals(Optional.of(kind)) && !section.rejected())
        .filter(section -> section.direction(attributes).receives())
        .map(MediaDescription::mid)
        .toList();
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
