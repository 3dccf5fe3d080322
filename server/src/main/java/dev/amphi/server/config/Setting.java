package dev.amphi.server.config;

import java.util.List;

/**
 * A value as somebody wrote it.
 *
 * @param path the dotted key
 * @param values one for a scalar, any number for a list
 * @param origin where it was written, for people: {@code amphi.yaml line 3, column 5}
 */
record Setting(String path, List<String> values, String origin) {
  /** A list may also be written with commas. */
  List<String> list() {
    return values.stream()
        .flatMap(value -> java.util.Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  String text() {
    return String.join(", ", values).strip();
  }
}
