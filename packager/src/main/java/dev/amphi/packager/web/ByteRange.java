package dev.amphi.packager.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A single byte range (RFC 9110 §14.1.2) of something with a known length.
 *
 * @param first first byte
 * @param last last byte, included
 */
record ByteRange(long first, long last) {
  private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /** Nothing of what was asked for exists: 416. */
  static final class Unsatisfiable extends Exception {
    private static final long serialVersionUID = 1L;

    Unsatisfiable(long length) {
      super("The range begins after the end: there are " + length + " bytes.");
    }
  }

  /** Reads a Range header; empty when there is none or it is not understood (then all is sent). */
  static Optional<ByteRange> parse(@Nullable String header, long length) throws Unsatisfiable {
    Matcher matcher = SINGLE.matcher(header == null ? "" : header);
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (matcher.group(1).isEmpty()) {
      long suffix = Math.min(length, Long.parseLong(matcher.group(2)));
      return checked(length - suffix, length - 1, length);
    }
    long first = Long.parseLong(matcher.group(1));
    long last =
        matcher.group(2).isEmpty()
            ? length - 1
            : Math.min(length - 1, Long.parseLong(matcher.group(2)));
    return matcher.group(2).isEmpty() || Long.parseLong(matcher.group(2)) >= first
        ? checked(first, last, length)
        : Optional.empty();
  }

  private static Optional<ByteRange> checked(long first, long last, long length)
      throws Unsatisfiable {
    if (first >= length || last < first) {
      throw new Unsatisfiable(length);
    }
    return Optional.of(new ByteRange(first, last));
  }

  long length() {
    return last - first + 1;
  }

  /** The Content-Range header. */
  String contentRange(long total) {
    return "bytes " + first + "-" + last + "/" + total;
  }
}
