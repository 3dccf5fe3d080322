package dev.amphi.server.catalogue;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where a recording stands in the catalogue: the newest first, and no two at one place, so that a
 * page goes on behind the last one whatever came or went meanwhile.
 */
public record Place(Instant startedAt, String room, String id) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::startedAt)
          .reversed()
          .thenComparing(Place::room)
          .thenComparing(Place::id);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** As a word for URLs, which nobody has to understand. */
  public String cursor() {
    String words = startedAt + "\n" + room + "\n" + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(words.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads what {@link #cursor} wrote; empty for anything else. */
  public static Optional<Place> of(String cursor) {
    try {
      String words = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String[] word = words.split("\n", -1);
      return word.length == 3
          ? Optional.of(new Place(Instant.parse(word[0]), word[1], word[2]))
          : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
