package dev.amphi.packager.playlist;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An attribute list (RFC 8216bis §4.2), written and read in order. */
final class Attributes {
  private static final Pattern ONE =
      Pattern.compile("([A-Z0-9-]+)=(\"[^\"\\r\\n]*\"|[^\",\\r\\n]*)(?:,|$)");

  private final Map<String, String> values = new LinkedHashMap<>();

  static Attributes parse(String text) {
    Attributes attributes = new Attributes();
    Matcher matcher = ONE.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new IllegalArgumentException("no attribute list at " + at + ": " + text);
      }
      attributes.values.put(matcher.group(1), matcher.group(2));
      at = matcher.end();
    }
    return attributes;
  }

  /** An enumerated string, a number or a resolution: anything that is not quoted. */
  Attributes put(String name, String value) {
    values.put(name, value);
    return this;
  }

  Attributes put(String name, long value) {
    return put(name, Long.toString(value));
  }

  Attributes put(String name, double value) {
    return put(name, decimal(value));
  }

  Attributes quoted(String name, String value) {
    if (value.indexOf('"') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IllegalArgumentException(name + " cannot hold quotes or line ends: " + value);
    }
    return put(name, '"' + value + '"');
  }

  /** Says YES, or nothing. */
  Attributes yes(String name, boolean value) {
    return value ? put(name, "YES") : this;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the attribute " + name + " is missing");
    }
    return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
  }

  double number(String name) {
    return Double.parseDouble(text(name));
  }

  long whole(String name) {
    return Long.parseLong(text(name));
  }

  boolean yes(String name) {
    return has(name) && text(name).equals("YES");
  }

  /** Decimal digits without a needless end, at most five places. */
  static String decimal(double value) {
    String text = String.format(Locale.ROOT, "%.5f", value);
    int end = text.length();
    while (text.charAt(end - 1) == '0' && text.charAt(end - 2) != '.') {
      end--;
    }
    return text.substring(0, end);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    values.forEach(
        (name, value) ->
            out.append(out.isEmpty() ? "" : ",").append(name).append('=').append(value));
    return out.toString();
  }
}
