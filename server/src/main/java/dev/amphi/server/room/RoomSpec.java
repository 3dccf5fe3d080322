package dev.amphi.server.room;

/**
 * What somebody asks for when making a room.
 *
 * @param id unique, safe in URLs
 * @param title shown to people
 * @param audience {@code open}: anyone with the link watches; {@code token}: only with a token
 */
public record RoomSpec(String id, String title, String audience) {
  /** Anyone with the link watches. */
  public static final String OPEN = "open";

  /** Only bearers of a token watch. */
  public static final String TOKEN = "token";
}
