package dev.amphi.server.room;

import dev.amphi.composer.scene.Words;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The times that a class meets.
 *
 * @param wall what people's watches say
 * @param nanos this machine's monotonic clock
 * @param zone the school's
 * @param language in which the program tells days
 */
public record ClassClock(InstantSource wall, LongSupplier nanos, ZoneId zone, Locale language) {
  private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter ANOTHER_DAY =
      DateTimeFormatter.ofPattern("HH:mm 'on' EEEE d MMMM", Locale.ENGLISH);

  /** In English. */
  public ClassClock(InstantSource wall, LongSupplier nanos, ZoneId zone) {
    this(wall, nanos, zone, Locale.ENGLISH);
  }

  /** What the program says, in its language. */
  Words words() {
    return Words.in(language.getLanguage());
  }

  /** The same instant on the monotonic clock. */
  long nanosAt(Instant instant) {
    return nanos.getAsLong() + wall.instant().until(instant, java.time.temporal.ChronoUnit.NANOS);
  }

  /** The time of day at the school, and the day when it is not today. */
  String told(Instant instant) {
    ZonedDateTime there = instant.atZone(zone);
    boolean today = there.toLocalDate().equals(LocalDate.ofInstant(wall.instant(), zone));
    if (today) {
      return there.format(TODAY);
    }
    return language.equals(Locale.ENGLISH)
        ? there.format(ANOTHER_DAY)
        : there.format(DateTimeFormatter.ofPattern(dayPattern(language), language))
            + ", "
            + there.format(TODAY);
  }

  /** How a language writes a whole date, without the year, which nobody asks about. */
  private static String dayPattern(Locale language) {
    return DateTimeFormatterBuilder.getLocalizedDateTimePattern(
            FormatStyle.FULL, null, IsoChronology.INSTANCE, language)
        .replaceAll("[,،]?( 'de')? ?y年?", "");
  }
}
