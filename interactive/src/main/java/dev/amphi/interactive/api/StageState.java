package dev.amphi.interactive.api;

import java.util.Locale;

/**
 * Where a participant stands: {@code off_stage → requested → accepted → backstage → on_stage →
 * off_stage}, with {@code invited}, {@code declined} and {@code removed} beside.
 */
public enum StageState {
  /** Holds a token for the stage, and waits until a moderator lets it in. */
  WAITING,
  OFF_STAGE,
  REQUESTED,
  INVITED,
  ACCEPTED,
  DECLINED,
  BACKSTAGE,
  ON_STAGE,
  REMOVED;

  /** The name used in JSON and logs. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the media path takes packets from a participant in this state. */
  public boolean mayPublish() {
    return this == ACCEPTED || this == BACKSTAGE || this == ON_STAGE;
  }
}
