package dev.amphi.interactive.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amphi.interactive.api.ClientDigest;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.StageMeter.DigestRefusal;
import dev.amphi.interactive.signal.ClientDigestCodec;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the browsers of a room measured of themselves: checked for its rate, told to the meter, and
 * the newest kept for whoever looks. Each peer connection's digests carry a made-up name, so that a
 * file of them says which belong together and not whose they are. Runs on the room's loop.
 */
final class ClientDigests {
  /** How often a page is asked for one. */
  static final long EVERY_MILLIS = 10_000;

  /** Twice what is asked for, and the goodbye. */
  private static final int BURST = 4;

  private static final long BURST_NANOS = 20_000_000_000L;

  private static final class Kept {
    final TokenBucket rate;
    String name;
    @Nullable ClientDigest newest;

    Kept(String name, TokenBucket rate) {
      this.name = name;
      this.rate = rate;
    }

    boolean over() {
      ClientDigest told = newest;
      return told != null && told.last();
    }
  }

  private final Room room;

  /** Gone with the participant. */
  private final Map<Participant, Kept> kept = new WeakHashMap<>();

  ClientDigests(Room room) {
    this.room = room;
  }

  /** Takes a digest, or refuses it; both are counted. */
  void take(Participant from, ClientDigest digest) throws Refusal {
    if (!room.context().meter().asksBrowsers()) {
      throw refused(DigestRefusal.NOT_ASKED, 409, "bad_state", "Nobody asked for statistics here.");
    }
    Kept mine = kept.get(from);
    if (mine == null) {
      if (from.media() == null) {
        throw refused(
            DigestRefusal.NOT_ASKED, 409, "bad_state", "You have no peer connection to tell of.");
      }
      mine = new Kept(name(), new TokenBucket(BURST, BURST_NANOS, room.now()));
      kept.put(from, mine);
    }
    if (!mine.rate.take(room.now())) {
      throw refused(
          DigestRefusal.TOO_MANY,
          429,
          "too_many",
          "Statistics are taken every " + EVERY_MILLIS / 1000 + " s.");
    }
    if (mine.over()) {
      // Another peer connection than the one whose last was told.
      mine.name = name();
    }
    mine.newest = digest;
    room.context()
        .meter()
        .browserMeasured(room.id(), mine.name, digest, ClientDigestCodec.write(digest).toString());
  }

  private String name() {
    return room.context().ids().next("q_");
  }

  private Refusal refused(DigestRefusal why, int status, String code, String detail) {
    room.context().meter().digestRefused(why);
    return new Refusal(status, code, detail);
  }

  /** The newest digest of somebody, or null. */
  @Nullable ObjectNode newest(Participant of) {
    Kept mine = kept.get(of);
    ClientDigest newest = mine == null ? null : mine.newest;
    return newest == null ? null : ClientDigestCodec.write(newest);
  }
}
