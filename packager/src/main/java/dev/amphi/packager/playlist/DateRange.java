package dev.amphi.packager.playlist;

import java.time.Instant;

/**
 * EXT-X-DATERANGE (RFC 8216bis §4.4.5.1) of something that lasts until the next of its class
 * begins.
 *
 * @param id never used twice in a list
 * @param type CLASS: what kind of thing it is, a name in reverse-DNS order
 * @param startsAt wall clock of the program
 * @param title X-TITLE: one line for people
 */
public record DateRange(String id, String type, Instant startsAt, String title) {
  static final String TAG = "#EXT-X-DATERANGE:";

  static DateRange read(Attributes from) {
    return new DateRange(
        from.text("ID"),
        from.text("CLASS"),
        Instant.parse(from.text("START-DATE")),
        from.text("X-TITLE"));
  }

  String write() {
    return TAG
        + new Attributes()
            .quoted("ID", id)
            .quoted("CLASS", type)
            .quoted("START-DATE", PlaylistWriter.date(startsAt))
            .yes("END-ON-NEXT", true)
            .quoted("X-TITLE", title);
  }
}
