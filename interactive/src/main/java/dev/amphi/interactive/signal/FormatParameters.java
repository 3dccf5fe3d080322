package dev.amphi.interactive.signal;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The {@code name=value} pairs of an {@code a=fmtp} line, names in lower case. */
record FormatParameters(Map<String, String> values) {
  static final FormatParameters NONE = new FormatParameters(Map.of());

  FormatParameters {
    values = Map.copyOf(values);
  }

  static FormatParameters parse(String text) {
    Map<String, String> values = new HashMap<>();
    for (String pair : text.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String name = pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        values.put(name, pair.substring(equals + 1).strip());
      }
    }
    return new FormatParameters(values);
  }

  String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}
