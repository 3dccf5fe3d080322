package dev.amphi.packager.push;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of an SRT caller that may stand in a URL, as {@code srt-live-transmit} spells them
 * (the SRT protocol's API, SRTO_…): {@code streamid} (at most 512 bytes), {@code passphrase} (10 to
 * 79 characters), {@code pbkeylen} (16, 24 or 32), {@code latency} (milliseconds) and {@code mode},
 * which is {@code caller}. Values are percent-encoded.
 */
public final class SrtOptions {
  public static final String STREAM_ID = "streamid";
  public static final String PASSPHRASE = "passphrase";
  public static final String KEY_LENGTH = "pbkeylen";
  public static final String LATENCY = "latency";
  private static final String MODE = "mode";

  static final List<String> SECRET = List.of(STREAM_ID, PASSPHRASE);
  private static final Set<String> KNOWN = Set.of(STREAM_ID, PASSPHRASE, KEY_LENGTH, LATENCY, MODE);
  private static final int LEAST_LATENCY = 20;
  private static final int MOST_LATENCY = 8_000;

  private SrtOptions() {}

  static Map<String, String> read(String rest) throws PushFailure {
    String query = rest.startsWith("/") ? rest.substring(1) : rest;
    Map<String, String> options = new HashMap<>();
    if (query.isEmpty()) {
      return options;
    }
    if (!query.startsWith("?")) {
      throw wrong(
          "An SRT destination has no path: its options are written as srt://HOST:PORT?streamid=NAME.");
    }
    for (String pair : query.substring(1).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!KNOWN.contains(name)) {
        throw wrong("SRT options are streamid, passphrase, pbkeylen, latency and mode=caller.");
      }
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      check(name, value);
      options.put(name, value);
    }
    options.remove(MODE);
    return options;
  }

  private static void check(String name, String value) throws PushFailure {
    boolean good =
        switch (name) {
          case STREAM_ID ->
              !value.isEmpty() && value.getBytes(StandardCharsets.UTF_8).length <= 512;
          case PASSPHRASE -> value.length() >= 10 && value.length() <= 79;
          case KEY_LENGTH -> value.matches("16|24|32");
          case LATENCY ->
              value.matches("\\d{1,5}")
                  && Integer.parseInt(value) >= LEAST_LATENCY
                  && Integer.parseInt(value) <= MOST_LATENCY;
          default -> value.equals("caller");
        };
    if (!good || value.chars().anyMatch(Character::isISOControl)) {
      throw wrong(
          "SRT's '"
              + name
              + "' must be "
              + switch (name) {
                case STREAM_ID -> "1 to 512 bytes long";
                case PASSPHRASE -> "10 to 79 characters long";
                case KEY_LENGTH -> "16, 24 or 32 bytes";
                case LATENCY -> "from " + LEAST_LATENCY + " to " + MOST_LATENCY + " milliseconds";
                default -> "'caller': this node calls, and listens for nobody";
              }
              + ".");
    }
  }

  /** Percent-encoding (RFC 3986 §2.1); a plus is a plus. */
  private static String decoded(String text) throws PushFailure {
    ByteQueue bytes = new ByteQueue();
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next != '%') {
        bytes.u8(next);
      } else if (i + 2 < text.length() && text.substring(i + 1, i + 3).matches("[0-9A-Fa-f]{2}")) {
        bytes.u8(Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        throw wrong("A '%' in an SRT option is followed by two hexadecimal digits.");
      }
    }
    return new String(bytes.take(), StandardCharsets.UTF_8);
  }

  static String write(Map<String, String> options) {
    StringBuilder query = new StringBuilder();
    options.forEach(
        (name, value) ->
            query
                .append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(encoded(value)));
    return query.toString();
  }

  private static String encoded(String text) {
    StringBuilder out = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char next = (char) (each & 0xff);
      boolean unreserved =
          next < 128 && (Character.isLetterOrDigit(next) || "-._~".indexOf(next) >= 0);
      out.append(unreserved ? String.valueOf(next) : "%%%02X".formatted((int) next));
    }
    return out.toString();
  }

  private static PushFailure wrong(String sentence) {
    return new PushFailure(PushFailure.Kind.WRONG, sentence);
  }
}
