package dev.amphi.interactive.room;

import dev.amphi.interactive.api.BoardChange;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Right;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.signal.Gesture;
import dev.amphi.interactive.signal.GestureCodec;
import dev.amphi.interactive.signal.ServerMessage;
import java.nio.charset.StandardCharsets;

/**
 * Passes on what people on stage do with their hands. One way to handle it, whichever way it came:
 * from a data channel ({@link #onData}) or from the signalling socket ({@link #relay}).
 */
final class Gestures {
  /** Beyond it the newest is dropped: a cursor that waits is wrong by the time it arrives. */
  private static final long CURSOR_BACKLOG_BYTES = 2_048;

  private static final long STROKE_BACKLOG_BYTES = 131_072;

  /** Reactions told in a second, of all together. */
  static final int REACTIONS = 30;

  private final Room room;
  private final TokenBucket reactions = new TokenBucket(REACTIONS, 1_000_000_000L, Long.MIN_VALUE);
  private final Boards boards = new Boards();
  private final GestureCodec codec = new GestureCodec();
  private long relayed;
  private long refused;
  private long dropped;

  Gestures(Room room) {
    this.room = room;
  }

  /** Gestures passed on, each once however many got it. */
  long relayed() {
    return relayed;
  }

  /** Gestures that were malformed, too many, or from somebody off stage. */
  long refused() {
    return refused;
  }

  /**
   * Copies not sent, because the receiver's channel was behind, and reactions beyond what is told.
   */
  long dropped() {
    return dropped;
  }

  /** Takes a message from a data channel; there is nobody to answer, so refusals are counted. */
  void onData(Participant from, byte[] message) {
    try {
      if (!from.mayGesture(room.now())) {
        throw tooMany();
      }
      Gesture gesture = codec.decode(message);
      if (gesture instanceof Gesture.Reaction && from.overRate(room.now())) {
        throw new Refusal(429, "too_many", "At most 20 commands a second are taken.");
      }
      relay(from, gesture);
    } catch (Refusal refusal) {
      refused++;
    }
  }

  /**
   * Tells everybody a reaction, by whichever way it came. Each is a message to everybody: of a
   * whole class that claps at once some are enough, and the rest are not told.
   */
  void react(Participant from, String emoji) {
    if (!reactions.take(room.now())) {
      dropped++;
      return;
    }
    relayed++;
    room.roster()
        .tell(new ServerMessage.Reaction(from.from(), emoji, room.context().clock().now()));
  }

  /** Passes a gesture on to the others; refuses it from somebody who is not on stage. */
  void relay(Participant from, Gesture gesture) throws Refusal {
    Rights.require(from.grant(), gesture instanceof Gesture.Reaction ? Right.CHAT : Right.DRAW);
    if (gesture instanceof Gesture.Reaction reaction) {
      react(from, reaction.emoji());
      return;
    }
    requireOnStage(from);
    if (gesture instanceof Gesture.Stroke stroke) {
      boards.add(from.id(), stroke, from.moderates());
      drawn(new BoardChange.Grown(from.id(), stroke.id(), stroke.points(), stroke.done()));
    }
    relayed++;
    String text = codec.encode(from.id(), gesture);
    byte[] event = text.getBytes(StandardCharsets.UTF_8);
    for (Participant other : room.roster().all()) {
      if (other != from && other.state().mayPublish()) {
        tell(other, gesture, text, event);
      }
    }
  }

  /** Once each: by the channel that the receiver opened for it, or else by its socket. */
  private void tell(Participant to, Gesture gesture, String text, byte[] event) {
    boolean cursor = gesture instanceof Gesture.Cursor;
    String label = "amphi." + gesture.type();
    DataLink link = to.dataLink();
    SignalSession signal = to.signal();
    if (link != null && link.has(label)) {
      if (!link.tell(
          label, event, cursor ? CURSOR_BACKLOG_BYTES : STROKE_BACKLOG_BYTES, room.now())) {
        dropped++;
      }
    } else if (signal != null && (!cursor || (signal.attached() && to.mayBeShown(room.now())))) {
      signal.send(text, room.now());
    } else {
      dropped++;
    }
  }

  /** Takes a stroke of one's own away, everywhere. */
  void undo(Participant from, String id) throws Refusal {
    requireOnStage(from);
    boards.front().undo(from.id(), id);
    drawn(new BoardChange.Taken(from.id(), id));
    tellStage(new ServerMessage.Undone(from.id(), id));
  }

  /** Takes all strokes away, everywhere. */
  void clear() {
    boards.front().clear();
    tellWhole();
  }

  /** Takes away what somebody drew who must not be seen any more, everywhere. */
  void forget(String participantId) {
    if (boards.forget(participantId)) {
      tellWhole();
    }
  }

  /** Brings the board of a page of slides to the front, or by "" that of everything else. */
  void turn(String page) {
    if (boards.turn(page)) {
      tellWhole();
    }
  }

  private void tellWhole() {
    boards.front().told().forEach(this::tellStage);
    drawn(boards.whole());
  }

  private void drawn(BoardChange change) {
    room.context().listener().drawn(room.id(), change);
  }

  /**
   * Tells somebody who comes what is on the board.
   *
   * @param again whether it may know another board, so that an empty one has to be told too
   */
  void tellBoard(Participant to, boolean again) {
    if (to.signal() != null && to.state().mayPublish() && (again || !boards.front().isEmpty())) {
      for (ServerMessage page : boards.front().told()) {
        to.signal().send(room.encoder().body(page), room.now());
      }
    }
  }

  private void tellStage(ServerMessage message) {
    String body = room.encoder().body(message);
    for (Participant other : room.roster().all()) {
      if (other.signal() != null && other.state().mayPublish()) {
        other.signal().send(body, room.now());
      }
    }
  }

  /** Whether somebody may point and draw at all. */
  static boolean mayShow(Participant from) {
    return from.state() == StageState.ON_STAGE && from.grant().may(Right.DRAW);
  }

  static Refusal tooMany() {
    return new Refusal(429, "too_many", "At most 600 gestures in 5 seconds are taken.");
  }

  private static void requireOnStage(Participant from) throws Refusal {
    if (from.state() != StageState.ON_STAGE) {
      throw new Refusal(403, "not_allowed", "Only those on stage are seen pointing and drawing.");
    }
  }
}
