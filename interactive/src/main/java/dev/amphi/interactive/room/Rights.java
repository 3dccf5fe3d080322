package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Right;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.Collection;

/** Holds commands and offers to the {@code grants} of the token, whatever the role allows. */
final class Rights {
  private Rights() {}

  /** Allows a command or refuses it with 403 {@code not_allowed}. */
  static void check(ClientMessage message, Grant grant) throws Refusal {
    switch (message) {
      case ClientMessage.Offer m -> publish(grant, m.publish().values());
      case ClientMessage.Mute m -> {
        if (!m.muted()) {
          require(grant, Right.of(m.source()));
        }
      }
      case ClientMessage.Moderate m -> require(grant, Right.MODERATE);
      case ClientMessage.Promote m -> require(grant, Right.MODERATE);
      case ClientMessage.Lock m -> require(grant, Right.MODERATE);
      case ClientMessage.WaitingRoom m -> require(grant, Right.MODERATE);
      case ClientMessage.Admit m -> require(grant, Right.MODERATE);
      case ClientMessage.Live m -> require(grant, Right.MODERATE);
      case ClientMessage.Layout m -> require(grant, Right.MODERATE);
      case ClientMessage.Break m -> require(grant, Right.MODERATE);
      case ClientMessage.Slides m -> require(grant, Right.MODERATE);
      case ClientMessage.End m -> require(grant, Right.MODERATE);
      case ClientMessage.StageTo m -> {
        if (!m.participant().equals(grant.participantId())) {
          require(grant, Right.MODERATE);
        }
      }
      case ClientMessage.Poll m -> require(grant, Right.MODERATE);
      case ClientMessage.PollClose m -> require(grant, Right.MODERATE);
      case ClientMessage.PollClear m -> require(grant, Right.MODERATE);
      case ClientMessage.Vote m -> require(grant, Right.CHAT);
      case ClientMessage.Recording m -> require(grant, Right.RECORD);
      case ClientMessage.Chat m -> require(grant, Right.CHAT);
      case ClientMessage.Reaction m -> require(grant, Right.CHAT);
      case ClientMessage.Show m -> require(grant, Right.DRAW);
      case ClientMessage.Undo m -> require(grant, Right.DRAW);
      case ClientMessage.Clear m -> require(grant, Right.MODERATE);
      case ClientMessage.Hello m -> {}
      case ClientMessage.Token m -> {}
      case ClientMessage.Subscribe m -> {}
      case ClientMessage.View m -> {}
      case ClientMessage.Unpublish m -> {}
      case ClientMessage.Hand m -> {}
      // What the token says of it is looked at where it is said.
      case ClientMessage.Agree m -> {}
      case ClientMessage.Stats m -> {}
      case ClientMessage.Leave m -> {}
      case ClientMessage.Ping m -> {}
      case ClientMessage.Pong m -> {}
    }
  }

  /** Refuses sources that the token does not grant. */
  static void publish(Grant grant, Collection<Source> sources) throws Refusal {
    for (Source source : sources) {
      require(grant, Right.of(source));
    }
  }

  static void require(Grant grant, Right right) throws Refusal {
    if (!grant.may(right)) {
      throw new Refusal(
          403,
          "not_allowed",
          "Your token's grants do not have '"
              + right.wireName()
              + "': ask whoever runs the class for another link.");
    }
  }
}
