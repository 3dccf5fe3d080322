package dev.amphi.interactive.sctp;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How an association comes to be (RFC 9260 §5.1), from either side or from both at once (§5.2): the
 * tag and the initial TSN of this side stay what they are, so that whichever cookie comes home
 * first makes the same association.
 *
 * <pre>
 * CLOSED ─connect─▶ COOKIE_WAIT ─INIT ACK─▶ COOKIE_ECHOED ─COOKIE ACK─▶ DONE
 *    └──────────────────┴──────────COOKIE ECHO──────┴──────────────────▶ DONE
 * </pre>
 */
final class Handshake {
  private static final int KEY_BYTES = 32;

  /** RFC 9260 §16: Max.Init.Retransmits. */
  private static final int MAX_RETRANSMITS = 8;

  private enum State {
    CLOSED,
    COOKIE_WAIT,
    COOKIE_ECHOED,
    DONE,
    FAILED
  }

  private final InitChunk local;
  private final byte[] key = new byte[KEY_BYTES];
  private final RetransmissionTimer timer = new RetransmissionTimer();
  private State state = State.CLOSED;
  private boolean send;
  private int retransmits;
  private byte @Nullable [] echo;
  private @Nullable InitChunk remote;
  private @Nullable InitChunk unanswered;

  Handshake(SctpConfig config, RandomGenerator random) {
    long tag = random.nextInt() & 0xFFFFFFFFL;
    local =
        new InitChunk(
            tag == 0 ? 1 : tag,
            config.receiveBytes(),
            config.streams(),
            config.streams(),
            random.nextInt() & 0xFFFFFFFFL,
            true,
            true);
    random.nextBytes(key);
  }

  InitChunk local() {
    return local;
  }

  boolean failed() {
    return state == State.FAILED;
  }

  void connect(long nowNanos) {
    if (state == State.CLOSED) {
      state = State.COOKIE_WAIT;
      send = true;
      timer.start(nowNanos);
    }
  }

  /** Takes an INIT; false when it breaks the rules. The last one before a poll is answered. */
  boolean onInit(byte[] in, int at, int length) {
    InitChunk init = InitChunk.read(in, at, length);
    if (init != null) {
      unanswered = init;
    }
    return init != null;
  }

  /** Takes an INIT ACK; false when it breaks the rules or nothing was asked. */
  boolean onInitAck(byte[] in, int at, int length, int largestCookie, long nowNanos) {
    if (state != State.COOKIE_WAIT) {
      return false;
    }
    InitChunk answer = InitChunk.read(in, at, length);
    byte[] cookie = answer == null ? null : InitChunk.cookie(in, at, length);
    if (answer == null || cookie == null || cookie.length > largestCookie) {
      return false;
    }
    remote = answer;
    echo = cookie;
    state = State.COOKIE_ECHOED;
    send = true;
    retransmits = 0;
    timer.start(nowNanos);
    return true;
  }

  /** Takes a COOKIE ECHO; the far side when this makes, or has made, the association. */
  @Nullable InitChunk onCookieEcho(byte[] in, int at, int length, long nowNanos) {
    StateCookie cookie = StateCookie.open(key, in, at, length);
    if (cookie == null || cookie.stale(nowNanos)) {
      return null;
    }
    done();
    return cookie.remote();
  }

  /** Takes a COOKIE ACK; the far side when this makes the association. */
  @Nullable InitChunk onCookieAck() {
    if (state != State.COOKIE_ECHOED) {
      return null;
    }
    done();
    return remote;
  }

  private void done() {
    state = State.DONE;
    timer.stop();
    send = false;
    echo = null;
  }

  long nextDeadlineNanos() {
    return timer.deadlineNanos();
  }

  /** Sends what is due, each in a packet of its own. */
  void poll(PacketWriter writer, PacketSink out, long nowNanos) {
    if (timer.expired(nowNanos)) {
      if (++retransmits > MAX_RETRANSMITS) {
        state = State.FAILED;
        timer.stop();
        return;
      }
      timer.backOff();
      timer.start(nowNanos);
      send = true;
    }
    answer(writer, out, nowNanos);
    if (send) {
      send = false;
      if (state == State.COOKIE_WAIT) {
        writer.begin(0);
        local.write(writer, null);
        writer.finish(out);
      } else if (remote != null && echo != null) {
        writer.begin(remote.tag());
        writer.beginChunk(ChunkType.COOKIE_ECHO, 0);
        writer.put(echo, 0, echo.length);
        writer.endChunk();
        writer.finish(out);
      }
    }
  }

  private void answer(PacketWriter writer, PacketSink out, long nowNanos) {
    InitChunk init = unanswered;
    unanswered = null;
    if (init != null) {
      writer.begin(init.tag());
      local.write(writer, new StateCookie(local, init, nowNanos).seal(key));
      writer.finish(out);
    }
  }
}
