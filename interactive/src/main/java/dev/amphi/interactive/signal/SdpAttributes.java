package dev.amphi.interactive.signal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code a=} lines of a session or of one media section, in their order. */
record SdpAttributes(List<SdpAttribute> lines) {
  SdpAttributes {
    lines = List.copyOf(lines);
  }

  /** The value of the first line with this name. */
  Optional<String> first(String name) {
    return all(name).findFirst();
  }

  /** The values of all lines with this name. */
  Stream<String> all(String name) {
    return lines.stream().filter(line -> line.name().equals(name)).map(SdpAttribute::value);
  }

  boolean has(String name) {
    return first(name).isPresent();
  }
}
