package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.signal.ClientMessage;

/** Who may say what: the column 'who' of {@code docs/signalling.md}. */
final class Permissions {
  private Permissions() {}

  /** Allows a command or refuses it with 403 {@code not_allowed}. */
  static void check(ClientMessage message, Role role, StageState state) throws Refusal {
    switch (message) {
      case ClientMessage.Offer m -> stage(role, state);
      case ClientMessage.Subscribe m -> stage(role, state);
      case ClientMessage.View m -> stage(role, state);
      case ClientMessage.Mute m -> stage(role, state);
      case ClientMessage.Unpublish m -> stage(role, state);
      case ClientMessage.Hand m -> {
        if (role.moderates()) {
          throw refused("Who moderates the class needs no raised hand.");
        }
      }
      case ClientMessage.Moderate m -> moderator(role, "moderate others");
      case ClientMessage.Promote m -> {
        moderator(role, "change what others may do");
        if (m.role() == Role.MODERATOR && role != Role.INSTRUCTOR) {
          throw refused("Only an instructor makes somebody a moderator.");
        }
      }
      case ClientMessage.Lock m -> moderator(role, "lock the class");
      case ClientMessage.WaitingRoom m -> moderator(role, "open the waiting room");
      case ClientMessage.Admit m -> moderator(role, "admit others");
      case ClientMessage.Live m -> moderator(role, "start or stop the broadcast");
      case ClientMessage.Layout m -> moderator(role, "choose the layout");
      case ClientMessage.Break m -> moderator(role, "begin or end a break");
      case ClientMessage.Slides m -> moderator(role, "turn the slides");
      case ClientMessage.Recording m -> moderator(role, "switch the recording");
      case ClientMessage.End m -> moderator(role, "end the class");
      // Everybody's own word, wherever they stand.
      case ClientMessage.Agree m -> {}
      case ClientMessage.Token m -> {}
      // Where it is shown it is looked at who does.
      case ClientMessage.Show m -> {}
      case ClientMessage.Undo m -> {}
      case ClientMessage.Clear m -> moderator(role, "clear the board");
      case ClientMessage.Hello m -> throw new Refusal(409, "bad_state", "You are in already.");
      // The stage's own table says who may move whom.
      case ClientMessage.StageTo m -> {}
      case ClientMessage.Poll m -> moderator(role, "ask the class");
      case ClientMessage.PollClose m -> moderator(role, "close the vote");
      case ClientMessage.PollClear m -> moderator(role, "take the question away");
      case ClientMessage.Vote m -> {
        inside(state);
        if (role.moderates()) {
          throw refused("Who moderates the class asks it, and does not answer.");
        }
      }
      case ClientMessage.Chat m -> inside(state);
      case ClientMessage.Reaction m -> inside(state);
      // Those who have no peer connection are refused where it is looked at.
      case ClientMessage.Stats m -> {}
      case ClientMessage.Leave m -> {}
      case ClientMessage.Ping m -> {}
      case ClientMessage.Pong m -> {}
    }
  }

  /** Refuses whoever is not on the way to the stage. */
  static void stage(Role role, StageState state) throws Refusal {
    if (!state.mayPublish()) {
      throw refused(
          "A "
              + role.wireName()
              + " who is "
              + state.wireName()
              + " cannot publish: raise your hand, and publish when you are accepted.");
    }
  }

  private static void inside(StageState state) throws Refusal {
    if (state == StageState.WAITING) {
      throw refused("You are in the waiting room: wait until a moderator lets you in.");
    }
  }

  private static void moderator(Role role, String what) throws Refusal {
    if (!role.moderates()) {
      throw refused("A " + role.wireName() + " cannot " + what + ".");
    }
  }

  private static Refusal refused(String detail) {
    return new Refusal(403, "not_allowed", detail);
  }
}
