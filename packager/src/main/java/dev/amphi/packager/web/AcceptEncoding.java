package dev.amphi.packager.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request's Accept-Encoding header allows (RFC 9110 §12.5.3). */
final class AcceptEncoding {
  private static final Pattern GZIP =
      Pattern.compile(
          "(?i)(?:^|,)\\s*(?:gzip|x-gzip|\\*)\\s*(?:;\\s*q=(1(?:\\.0*)?|0?\\.\\d*[1-9]\\d*)\\s*)?(?=,|$)");

  private record Read(String header, boolean gzip) {}

  /** Thousands of the same browser ask one after another: the same is not read twice in a row. */
  private static volatile Read last = new Read("gzip", true);

  private AcceptEncoding() {}

  /** Whether the answer may be packed with gzip. */
  static boolean takesGzip(@Nullable String header) {
    if (header == null) {
      return false;
    }
    Read known = last;
    if (!known.header().equals(header)) {
      known = new Read(header, GZIP.matcher(header).find());
      last = known;
    }
    return known.gzip();
  }
}
