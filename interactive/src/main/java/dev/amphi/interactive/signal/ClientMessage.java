package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.ClientDigest;
import dev.amphi.interactive.api.PictureChange;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client may say, already checked for form. */
public sealed interface ClientMessage extends SignalMessage {
  /**
   * Comes in.
   *
   * @param token empty where the room's audience is open
   * @param guest what a welcome called this browser before, when it has no token
   * @param resume the session to go on with, after a lost socket
   */
  record Hello(
      String room,
      Optional<String> token,
      Optional<String> name,
      Optional<String> guest,
      Optional<Resume> resume)
      implements ClientMessage {}

  /** Hands in a newer token of the same participant. */
  record Token(String token) implements ClientMessage {}

  /**
   * The session that a client wants back.
   *
   * @param last the highest number that it got from the server
   */
  record Resume(String session, long last) {}

  /**
   * The peer connection's offer.
   *
   * @param publish which section brings which source
   * @param subscribe which slot shows which track
   */
  record Offer(String sdp, Map<String, Source> publish, Map<String, String> subscribe)
      implements ClientMessage {
    public Offer {
      publish = Map.copyOf(publish);
      subscribe = Map.copyOf(subscribe);
    }
  }

  /** Shows another track in a slot, or none. */
  record Subscribe(String mid, Optional<String> track) implements ClientMessage {}

  /** Says at which size each of these slots is shown; of others nothing changes. */
  record View(Map<String, Size> sizes) implements ClientMessage {
    public View {
      sizes = Map.copyOf(sizes);
    }
  }

  /**
   * How large a picture is shown.
   *
   * @param width in device pixels; 0 when it is out of sight
   * @param height in device pixels
   */
  record Size(int width, int height) {}

  record Mute(Source source, boolean muted) implements ClientMessage {}

  record Unpublish(Source source) implements ClientMessage {}

  /** Says whether one wants to be in the program, and so in its recording. */
  record Agree(boolean given) implements ClientMessage {}

  record Hand(boolean raised) implements ClientMessage {}

  record StageTo(String participant, StageState to) implements ClientMessage {}

  record Moderate(String participant, Action action) implements ClientMessage {}

  /** What a moderator does to somebody. */
  enum Action {
    MUTE,
    STOP_VIDEO,
    REMOVE
  }

  /** Makes a student a viewer, a viewer a student, or somebody a moderator for this class. */
  record Promote(String participant, Role role) implements ClientMessage {}

  /** Lets nobody new in, or again everybody. */
  record Lock(boolean locked) implements ClientMessage {}

  /** Lets students wait until they are admitted, or not. */
  record WaitingRoom(boolean on) implements ClientMessage {}

  /** Lets somebody in who waits, or turns it away. */
  record Admit(String participant, boolean admitted) implements ClientMessage {}

  record Chat(String text) implements ClientMessage {}

  record Reaction(String emoji) implements ClientMessage {}

  /** Points or draws; reactions are said as {@link Reaction}. */
  record Show(Gesture gesture) implements ClientMessage {}

  /** Takes a stroke of one's own away. */
  record Undo(String id) implements ClientMessage {}

  /** Takes all strokes away. */
  record Clear() implements ClientMessage {}

  /** Asks the class a question with answers to choose from; takes the place of the one before. */
  record Poll(String question, List<String> options) implements ClientMessage {
    /** The fewest answers, and the most. */
    public static final int FEWEST = 2;

    public static final int MOST = 8;

    public Poll {
      options = List.copyOf(options);
    }
  }

  /** Nobody answers any more, and everybody sees what was answered. */
  record PollClose(String poll) implements ClientMessage {}

  /** Takes the question away. */
  record PollClear(String poll) implements ClientMessage {}

  /**
   * Answers; once more changes the answer.
   *
   * @param option from 0
   */
  record Vote(String poll, int option) implements ClientMessage {}

  record Live(boolean live) implements ClientMessage {}

  /** Chooses how the picture is laid out. */
  record Layout(PictureChange change) implements ClientMessage {
    /** The most that can be hidden. */
    public static final int MOST_HIDDEN = 64;
  }

  /** Begins a break until then, or ends it. */
  record Break(Optional<Instant> until) implements ClientMessage {}

  /**
   * Turns to a page.
   *
   * @param deck "" takes the slides down
   */
  record Slides(String deck, int page) implements ClientMessage {}

  /**
   * Switches the recording.
   *
   * @param paused whether one that is on keeps nothing until it is told to go on
   * @param tracks whether the tracks of single participants are kept with it; empty leaves that as
   *     it is
   */
  record Recording(boolean recording, boolean paused, Optional<Boolean> tracks)
      implements ClientMessage {
    public Recording(boolean recording) {
      this(recording, false);
    }

    public Recording(boolean recording, boolean paused) {
      this(recording, paused, Optional.empty());
    }
  }

  record End() implements ClientMessage {}

  /** What the browser measured of its peer connection. */
  record Stats(ClientDigest digest) implements ClientMessage {}

  record Leave() implements ClientMessage {}

  /** Asks for a sign of life. */
  record Ping() implements ClientMessage {}

  record Pong() implements ClientMessage {}
}
