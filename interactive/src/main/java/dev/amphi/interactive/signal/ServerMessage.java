package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.IceServer;
import dev.amphi.interactive.api.RoomStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the server says. */
public sealed interface ServerMessage extends SignalMessage {
  /**
   * Lets a client in.
   *
   * @param guest what somebody without a token calls itself when it comes again, or ""
   * @param snapshot the fields of {@link ServerState#snapshot}, {@link ServerEncoder#chats} and
   *     {@link ServerEncoder#speaker}; empty for a session that goes on and misses nothing
   * @param statsEveryMillis how often the page tells what it measures; 0 for never
   */
  record Welcome(
      String session,
      boolean resumed,
      Person self,
      String guest,
      List<String> snapshot,
      List<IceServer> iceServers,
      long statsEveryMillis)
      implements ServerMessage {
    public Welcome {
      snapshot = List.copyOf(snapshot);
      iceServers = List.copyOf(iceServers);
    }
  }

  /** The relays for somebody who may publish from now on. */
  record IceServers(List<IceServer> iceServers) implements ServerMessage {}

  /**
   * The token runs out soon; a newer one may be handed in.
   *
   * @param expiresAt when, by the server's clock
   * @param inSeconds how long that is from now, rounded up
   */
  record TokenExpiring(Instant expiresAt, long inSeconds) implements ServerMessage {}

  /** A command was carried out. */
  record Ok(Result result) implements ServerMessage {}

  /** A command was turned down. */
  record Failed(String code, int status, String detail) implements ServerMessage {}

  record Speaker(String participant) implements ServerMessage {}

  record Chat(String id, From from, String text, Instant at, Instant mediaAt)
      implements ServerMessage {}

  record Reaction(From from, String emoji, Instant mediaAt) implements ServerMessage {}

  /** What the class is asked, or that it is asked nothing any more. */
  record Poll(Optional<Question> question) implements ServerMessage {}

  /**
   * A question with answers to choose from.
   *
   * @param mediaAt when it was asked: a viewer sees it when its playhead is there
   * @param open whether it can be answered
   * @param votes how many chose each option; empty for those who may not see that yet
   */
  record Question(
      String id,
      String question,
      List<String> options,
      Instant mediaAt,
      boolean open,
      List<Integer> votes) {
    public Question {
      options = List.copyOf(options);
      votes = List.copyOf(votes);
    }
  }

  /**
   * Which layers of a simulcast somebody needs.
   *
   * @param mid the section that publishes it
   * @param active by RID; the encoder of those that are not may rest
   */
  record Encodings(String mid, Map<String, Boolean> active) implements ServerMessage {
    public Encodings {
      active = Map.copyOf(active);
    }
  }

  /**
   * What a slot gets changed with the bandwidth.
   *
   * @param paused whether it gets nothing, for lack of bandwidth
   * @param layer the spatial layer it may get at most, when it is not paused
   */
  record Subscription(String mid, boolean paused, int layer) implements ServerMessage {}

  /**
   * Said just before the socket is closed.
   *
   * @param retryAfterMillis when to come again, where the client should
   */
  record Closing(int code, String detail, Optional<Long> retryAfterMillis)
      implements ServerMessage {}

  /**
   * How the links of those with a peer connection do.
   *
   * @param levels {@code good}, {@code weak} or {@code poor} by participant
   */
  record Quality(Map<String, String> levels) implements ServerMessage {
    public Quality {
      levels = Map.copyOf(levels);
    }
  }

  record Ping() implements ServerMessage {}

  /**
   * Strokes that are kept.
   *
   * @param continued whether it adds to the one before, or stands for whatever was told before
   */
  record Board(List<Drawn> strokes, boolean continued) implements ServerMessage {
    public Board {
      strokes = List.copyOf(strokes);
    }
  }

  /** A stroke with its author. */
  record Drawn(String from, Gesture.Stroke stroke) {}

  /** Somebody took a stroke of its own away. */
  record Undone(String from, String id) implements ServerMessage {}

  /** Who said something. */
  record From(String id, String name, String role) {}

  /** What an {@code ok} carries. */
  sealed interface Result {
    record Nothing() implements Result {}

    /** The answer to an offer; which section is which track. */
    record Answer(String sdp, Map<String, String> tracks) implements Result {
      public Answer {
        tracks = Map.copyOf(tracks);
      }
    }

    record ChatId(String id) implements Result {}

    record PollId(String id) implements Result {}

    record RoomState(RoomStatus room, int viewers) implements Result {}
  }

  /**
   * A participant as the others see it.
   *
   * @param away whether its socket has been gone for a while
   */
  record Person(
      dev.amphi.interactive.api.ParticipantView view, Optional<Instant> handAt, boolean away) {}
}
