package dev.amphi.server.room;

import java.util.Locale;
import java.util.Optional;

/**
 * Where a class stands: {@code scheduled → lobby → live ⇄ interrupted → ended → processing →
 * published}, or {@code cancelled} before it was live. Nothing but {@code live} and {@code
 * interrupted} is ever entered twice.
 */
public enum ClassState {
  SCHEDULED,
  LOBBY,
  LIVE,
  INTERRUPTED,
  ENDED,
  PROCESSING,
  PUBLISHED,
  CANCELLED;

  /** The word in JSON, webhooks and logs. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether people may be in the room. */
  public boolean isOpen() {
    return this == LOBBY || this == LIVE || this == INTERRUPTED;
  }

  /** The state after {@code event}, or empty when that cannot happen here. */
  public Optional<ClassState> after(ClassEvent event) {
    return switch (this) {
      case SCHEDULED ->
          switch (event) {
            case OPEN -> Optional.of(LOBBY);
            case CANCEL -> Optional.of(CANCELLED);
            case GO_LIVE, INTERRUPT, END, PROCESS, PUBLISH -> Optional.empty();
          };
      case LOBBY ->
          switch (event) {
            case GO_LIVE -> Optional.of(LIVE);
            case END -> Optional.of(ENDED);
            case CANCEL -> Optional.of(CANCELLED);
            case OPEN, INTERRUPT, PROCESS, PUBLISH -> Optional.empty();
          };
      case LIVE ->
          switch (event) {
            case INTERRUPT -> Optional.of(INTERRUPTED);
            case END -> Optional.of(ENDED);
            case OPEN, GO_LIVE, PROCESS, PUBLISH, CANCEL -> Optional.empty();
          };
      case INTERRUPTED ->
          switch (event) {
            case GO_LIVE -> Optional.of(LIVE);
            case END -> Optional.of(ENDED);
            case OPEN, INTERRUPT, PROCESS, PUBLISH, CANCEL -> Optional.empty();
          };
      case ENDED ->
          switch (event) {
            case PROCESS -> Optional.of(PROCESSING);
            case PUBLISH -> Optional.of(PUBLISHED);
            case OPEN, GO_LIVE, INTERRUPT, END, CANCEL -> Optional.empty();
          };
      case PROCESSING ->
          switch (event) {
            case PUBLISH -> Optional.of(PUBLISHED);
            case OPEN, GO_LIVE, INTERRUPT, END, PROCESS, CANCEL -> Optional.empty();
          };
      case PUBLISHED, CANCELLED -> Optional.empty();
    };
  }
}
