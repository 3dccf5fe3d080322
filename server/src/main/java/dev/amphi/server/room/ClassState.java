package dev.amphi.server.room;

import dev.amphi.interactive.api.Refusal;
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

  /** The state after {@code event}; refused when that cannot happen here. */
  ClassState require(ClassEvent event) throws Refusal {
    return after(event).orElseThrow(() -> refusal("it cannot " + event.verb()));
  }

  /** Refuses to change something of a class that nobody may be in. */
  void requireOpen(String what) throws Refusal {
    if (!isOpen()) {
      throw refusal("its " + what + " cannot be changed");
    }
  }

  private Refusal refusal(String consequence) {
    return new Refusal(
        409, "bad_state", "The class is '" + wireName() + "', so " + consequence + ".");
  }
}
