package dev.amphi.server.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as people write them: {@code 500ms, 10s, 15m, 12h, 7d} and {@code 64KiB, 50MiB}. */
public final class Units {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})\\s*([A-Za-z]+)");

  private Units() {}

  /** A length of time, or empty when the text is none. */
  public static Optional<Duration> duration(String text) {
    Matcher matcher = AMOUNT.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "ms" -> Optional.of(Duration.ofMillis(amount));
      case "s" -> Optional.of(Duration.ofSeconds(amount));
      case "m", "min" -> Optional.of(Duration.ofMinutes(amount));
      case "h" -> Optional.of(Duration.ofHours(amount));
      case "d" -> Optional.of(Duration.ofDays(Math.min(amount, 1_000_000)));
      default -> Optional.empty();
    };
  }

  /** A number of bytes, or empty when the text is none; the units are powers of 1,024. */
  public static Optional<Long> bytes(String text) {
    Matcher matcher = AMOUNT.matcher(text.strip());
    if (!matcher.matches() || matcher.group(1).length() > 9) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "b" -> Optional.of(amount);
      case "kib" -> Optional.of(amount << 10);
      case "mib" -> Optional.of(amount << 20);
      case "gib" -> Optional.of(amount << 30);
      default -> Optional.empty();
    };
  }
}
