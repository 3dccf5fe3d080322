package dev.amphi.server.load.hls;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tag's attributes (RFC 8216bis §4.2), quotes taken off. */
record AttributeList(Map<String, String> values) {
  private static final Pattern ATTRIBUTE = Pattern.compile("([A-Z0-9-]+)=(\"[^\"]*\"|[^,]*)");

  /** Reads what follows the tag's colon; what is not an attribute is left out. */
  static AttributeList parse(String text) {
    Map<String, String> values = new HashMap<>();
    Matcher matcher = ATTRIBUTE.matcher(text);
    while (matcher.find()) {
      String value = matcher.group(2);
      boolean quoted = value.startsWith("\"") && value.length() > 1;
      values.putIfAbsent(matcher.group(1), quoted ? value.substring(1, value.length() - 1) : value);
    }
    return new AttributeList(values);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  boolean yes(String name) {
    return "YES".equals(values.get(name));
  }

  /** A decimal number of seconds in nanoseconds, or the given nanoseconds. */
  long nanos(String name, long otherwise) throws PlaylistException {
    String value = values.get(name);
    return value == null ? otherwise : Numbers.nanos(value);
  }
}
