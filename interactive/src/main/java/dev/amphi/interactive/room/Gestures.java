package dev.amphi.interactive.room;

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
        throw new Refusal(429, "too_many", "At most 600 gestures in 5 seconds are taken.");
      }
      Gesture gesture = codec.decode(message);
      if (gesture instanceof Gesture.Reaction && from.overRate(room.now()) > 0) {
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
    if (!from.grant().may(gesture instanceof Gesture.Reaction ? Right.CHAT : Right.DRAW)) {
      throw new Refusal(
          403,
          "not_allowed",
          "Your token's grants do not have '"
              + (gesture instanceof Gesture.Reaction ? "chat" : "draw")
              + "'.");
    }
    if (gesture instanceof Gesture.Reaction reaction) {
      react(from, reaction.emoji());
      return;
    }
    if (from.state() != StageState.ON_STAGE) {
      throw new Refusal(403, "not_allowed", "Only those on stage are seen pointing and drawing.");
    }
    relayed++;
    byte[] event = codec.encode(from.id(), gesture).getBytes(StandardCharsets.UTF_8);
    long backlog = gesture instanceof Gesture.Cursor ? CURSOR_BACKLOG_BYTES : STROKE_BACKLOG_BYTES;
    for (Participant other : room.roster().all()) {
      DataLink link = other == from || !other.state().mayPublish() ? null : other.dataLink();
      if (link != null && !link.tell("amphi." + gesture.type(), event, backlog, room.now())) {
        dropped++;
      }
    }
  }
}
