package dev.amphi.server.room;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for when making a room.
 *
 * @param id unique, safe in URLs
 * @param title shown to people
 * @param audience {@code open}: anyone with the link watches; {@code token}: only with a token
 * @param startsAt when the class is to begin, if it is known
 */
public record RoomSpec(String id, String title, String audience, @Nullable Instant startsAt) {
  /** Anyone with the link watches. */
  public static final String OPEN = "open";

  /** Only bearers of a token watch. */
  public static final String TOKEN = "token";

  /** A class that begins when it begins. */
  public RoomSpec(String id, String title, String audience) {
    this(id, title, audience, null);
  }
}
