package dev.amphi.packager.origin;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The delivery directives of a media playlist request (RFC 8216bis §6.2.5), parsed.
 *
 * @param msn {@code _HLS_msn}, or {@link #NONE}
 * @param part {@code _HLS_part}, or {@link #NONE}
 * @param skip whether a delta update is welcome ({@code _HLS_skip})
 */
public record PlaylistRequest(long msn, int part, boolean skip) {
  public static final int NONE = -1;

  /** A request without directives. */
  public static final PlaylistRequest PLAIN = new PlaylistRequest(NONE, NONE, false);

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  /** A directive that breaks the rules; the message is for the person who asked. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /** Looks a query parameter up; an empty list when it is missing. */
  public interface Query {
    List<String> all(String name);
  }

  /** Reads the directives; parameters that are not directives are not looked at. */
  public static PlaylistRequest parse(Query query) throws Malformed {
    long msn = number(query, "_HLS_msn");
    long part = number(query, "_HLS_part");
    if (part != NONE && msn == NONE) {
      throw new Malformed("_HLS_part comes only together with _HLS_msn.");
    }
    if (part >= Position.WHOLE) {
      throw new Malformed("_HLS_part is too large.");
    }
    String skip = single(query, "_HLS_skip");
    if (!skip.isEmpty() && !skip.equals("YES") && !skip.equals("v2")) {
      throw new Malformed("_HLS_skip is YES or v2.");
    }
    return new PlaylistRequest(msn, (int) part, !skip.isEmpty());
  }

  /** The same of a list that has no parts: a part is there when its segment is. */
  public PlaylistRequest ofWholeSegments() {
    return new PlaylistRequest(msn, NONE, skip);
  }

  /** Whether the answer is to wait for something. */
  public boolean blocking() {
    return msn != NONE;
  }

  private static long number(Query query, String name) throws Malformed {
    if (query.all(name).isEmpty()) {
      return NONE;
    }
    String value = single(query, name);
    if (!NUMBER.matcher(value).matches()) {
      throw new Malformed(name + " is a whole number from 0 with at most 15 digits.");
    }
    return Long.parseLong(value);
  }

  private static String single(Query query, String name) throws Malformed {
    List<String> values = query.all(name);
    if (values.size() > 1) {
      throw new Malformed(name + " comes at most once.");
    }
    return values.isEmpty() ? "" : values.getFirst();
  }
}
