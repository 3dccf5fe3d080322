package dev.amphi.packager.web;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a player tells of itself (CTA-5004, Common Media Client Data): keys with values,
 * between commas, in headers or in one query parameter. Three of them are of interest; all others,
 * who it is and what it watches above all, are passed over. Whatever is not as it should be counts
 * as not said.
 */
final class Cmcd {
  /** Longer than all keys of the standard with their values. */
  private static final int LONGEST = 1_024;

  private static final int MOST_DIGITS = 9;
  private static final int MOST_BUFFER_MS = 600_000;
  private static final int MOST_KBPS = 10_000_000;
  private static final ViewerReport NOTHING = new ViewerReport(-1, -1, false);

  private Cmcd() {}

  /** What a request tells; null when it tells nothing of interest. */
  static @Nullable ViewerReport read(HttpServerRequest request) {
    ViewerReport told = add(NOTHING, request.getHeader("CMCD-Request"));
    told = add(told, request.getHeader("CMCD-Status"));
    String query = request.query();
    if (query != null && query.contains("CMCD=")) {
      List<String> values = Query.of(request).all("CMCD");
      told = values.size() == 1 ? add(told, values.getFirst()) : told;
    }
    return told.equals(NOTHING) ? null : told;
  }

  /** The same with what a text tells. */
  static ViewerReport add(ViewerReport told, @Nullable String text) {
    if (text == null || text.length() > LONGEST) {
      return told;
    }
    ViewerReport all = told;
    int from = 0;
    boolean quoted = false;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        all = one(all, text.substring(from, Math.min(i, text.length())).strip());
        from = i + 1;
      }
    }
    return all;
  }

  private static ViewerReport one(ViewerReport told, String item) {
    if (item.equals("bs")) {
      return new ViewerReport(told.bufferMs(), told.throughputBps(), true);
    }
    if (item.startsWith("bl=")) {
      int ms = number(item.substring(3), MOST_BUFFER_MS);
      return ms < 0 ? told : new ViewerReport(ms, told.throughputBps(), told.starved());
    }
    if (item.startsWith("mtp=")) {
      int kbps = number(item.substring(4), MOST_KBPS);
      return kbps < 0 ? told : new ViewerReport(told.bufferMs(), kbps * 1_000L, told.starved());
    }
    return told;
  }

  /** A whole number, at most so large; -1 for anything else. */
  private static int number(String text, int most) {
    boolean digits =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Math.min(most, Integer.parseInt(text)) : -1;
  }
}
