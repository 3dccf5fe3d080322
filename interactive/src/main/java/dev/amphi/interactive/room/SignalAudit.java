package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageAct;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.Locale;

/**
 * Which commands are worth a line in the audit log: all that moderate, and all refusals of those.
 */
final class SignalAudit {
  private SignalAudit() {}

  /**
   * Tells the listener what somebody did or tried to do.
   *
   * @param role in which it was said
   * @param result {@code ok} or the refusal's code
   */
  static void told(Room room, String actor, Role role, ClientMessage message, String result) {
    switch (message) {
      case ClientMessage.StageTo m -> {
        if (!m.participant().equals(actor)) {
          tell(room, actor, role, "stage " + m.to().wireName(), m.participant(), result);
        }
      }
      case ClientMessage.Moderate m ->
          tell(
              room,
              actor,
              role,
              "moderate " + m.action().name().toLowerCase(Locale.ROOT),
              m.participant(),
              result);
      case ClientMessage.Promote m ->
          tell(room, actor, role, "role " + m.role().wireName(), m.participant(), result);
      case ClientMessage.Lock m ->
          tell(room, actor, role, m.locked() ? "lock" : "unlock", "", result);
      case ClientMessage.WaitingRoom m ->
          tell(room, actor, role, m.on() ? "waiting_room on" : "waiting_room off", "", result);
      case ClientMessage.Admit m ->
          tell(room, actor, role, m.admitted() ? "admit" : "deny", m.participant(), result);
      case ClientMessage.Live m ->
          tell(room, actor, role, m.live() ? "live on" : "live off", "", result);
      case ClientMessage.Layout m -> tell(room, actor, role, "layout", "", result);
      case ClientMessage.Break m ->
          tell(room, actor, role, m.until().isPresent() ? "break on" : "break off", "", result);
      case ClientMessage.Recording m ->
          tell(
              room,
              actor,
              role,
              m.paused() ? "recording pause" : m.recording() ? "recording on" : "recording off",
              "",
              result);
      case ClientMessage.End m -> tell(room, actor, role, "end", "", result);
      case ClientMessage.Clear m -> tell(room, actor, role, "clear", "", result);
      case ClientMessage.Show m -> {}
      case ClientMessage.Undo m -> {}
      // One's own doing is no business of the log, unless it is refused.
      case ClientMessage.Offer m -> refused(room, actor, role, "offer", result);
      case ClientMessage.Hand m -> refused(room, actor, role, "hand", result);
      case ClientMessage.Agree m -> refused(room, actor, role, "consent", result);
      case ClientMessage.Slides m -> refused(room, actor, role, "slides", result);
      case ClientMessage.Poll m -> refused(room, actor, role, "poll", result);
      case ClientMessage.PollClose m -> refused(room, actor, role, "poll", result);
      case ClientMessage.PollClear m -> refused(room, actor, role, "poll", result);
      case ClientMessage.Vote m -> {}
      case ClientMessage.Token m -> refused(room, actor, role, "token", result);
      case ClientMessage.Hello m -> {}
      case ClientMessage.Subscribe m -> {}
      case ClientMessage.View m -> {}
      case ClientMessage.Mute m -> {}
      case ClientMessage.Unpublish m -> {}
      case ClientMessage.Chat m -> {}
      case ClientMessage.Reaction m -> {}
      case ClientMessage.Stats m -> {}
      case ClientMessage.Leave m -> {}
      case ClientMessage.Ping m -> {}
      case ClientMessage.Pong m -> {}
    }
  }

  private static void refused(Room room, String actor, Role role, String action, String result) {
    if (result.equals("not_allowed")) {
      tell(room, actor, role, action, "", result);
    }
  }

  private static void tell(
      Room room, String actor, Role role, String action, String target, String result) {
    room.context().listener().acted(room.id(), new StageAct(actor, role, action, target, result));
  }
}
