package dev.amphi.interactive.room;

/** Makes ids that nobody can guess. */
public interface Ids {
  /** A new id of 128 random bits behind a prefix, in characters that are safe in a URL. */
  String next(String prefix);

  /** A new SSRC, 1 to 2^32 - 1. */
  long ssrc();
}
