package dev.amphi.interactive.transport.caller;

import dev.amphi.interactive.transport.ice.IceCredentials;
import dev.amphi.interactive.transport.ice.StunMessage;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to check which address, and what an answer means: the controlling agent of RFC 8445 with one
 * local candidate. Pure; time comes in, messages go out.
 *
 * <p>Rule: every 50 ms the next candidate in turn until one answers; that one is nominated and is
 * asked for its consent every 5 s (RFC 7675 §5.1).
 */
public final class ConnectivityChecks {
  static final long NEVER = Long.MAX_VALUE;
  private static final long PACE_NANOS = 50_000_000L;
  private static final long CONSENT_NANOS = 5_000_000_000L;
  private static final int MAX_CANDIDATES = 100;

  /** RFC 8445 §5.1.2.1 for a peer-reflexive candidate. */
  private static final long PRIORITY = (110L << 24) | (65_535L << 8) | 255;

  private final RandomGenerator random;
  private final String username;
  private final String remotePassword;
  private final List<InetSocketAddress> candidates;
  private final long tieBreaker;
  private final List<Check> open = new ArrayList<>();
  private final Set<InetSocketAddress> proved = new HashSet<>();
  private @Nullable InetSocketAddress selected;
  private int turn;
  private long nextNanos;
  private long lastAnswerNanos;

  /** One request that waits for its answer. */
  private static final class Check {
    final byte[] transaction;
    final InetSocketAddress to;

    Check(byte[] transaction, InetSocketAddress to) {
      this.transaction = transaction;
      this.to = to;
    }
  }

  /** Sends a message. */
  public interface Out {
    void send(byte[] message, InetSocketAddress to);
  }

  public ConnectivityChecks(
      RandomGenerator random,
      IceCredentials local,
      IceCredentials remote,
      List<InetSocketAddress> candidates,
      long nowNanos) {
    this.random = random;
    this.username = remote.ufrag() + ":" + local.ufrag();
    this.remotePassword = remote.password();
    this.candidates =
        List.copyOf(candidates.subList(0, Math.min(MAX_CANDIDATES, candidates.size())));
    this.tieBreaker = random.nextLong();
    this.nextNanos = this.candidates.isEmpty() ? NEVER : nowNanos;
    this.lastAnswerNanos = nowNanos;
  }

  /** Sends what is due. */
  public void poll(long nowNanos, Out out) {
    if (nextNanos == NEVER || nowNanos - nextNanos < 0) {
      return;
    }
    InetSocketAddress to = selected;
    if (to == null) {
      to = candidates.get(turn++ % candidates.size());
    }
    byte[] transaction = new byte[StunMessage.TRANSACTION_BYTES];
    random.nextBytes(transaction);
    if (open.size() == MAX_CANDIDATES) {
      open.remove(0);
    }
    open.add(new Check(transaction, to));
    nextNanos = nowNanos + (selected == null ? PACE_NANOS : CONSENT_NANOS);
    out.send(StunMessage.request(transaction, username, remotePassword, tieBreaker, PRIORITY), to);
  }

  /**
   * Takes a success response; gives the address when it answers for the first time. Several may
   * answer before one is nominated, and the server may send from any of these.
   */
  public @Nullable InetSocketAddress answered(
      byte[] message, int length, InetSocketAddress from, long nowNanos) {
    if (!StunMessage.authentic(message, length, remotePassword)) {
      return null;
    }
    byte[] transaction = StunMessage.transaction(message);
    for (Check check : open) {
      if (Arrays.equals(check.transaction, transaction) && check.to.equals(from)) {
        lastAnswerNanos = nowNanos;
        open.remove(check);
        if (selected == null) {
          selected = from;
          nextNanos = nowNanos + CONSENT_NANOS;
        }
        return proved.add(from) ? from : null;
      }
    }
    return null;
  }

  /** Whether an address has been nominated. */
  boolean connected() {
    return selected != null;
  }

  /** When an authentic answer came last. */
  public long lastAnswerNanos() {
    return lastAnswerNanos;
  }
}
