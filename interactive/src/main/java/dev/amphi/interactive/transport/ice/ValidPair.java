package dev.amphi.interactive.transport.ice;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A pair over which an authenticated check came. Its sender's address may be a lie until it is
 * {@link #proved}: an answer to a check of our own came back from there, or a connection is under
 * it.
 */
final class ValidPair {
  private static final long FIRST_WAIT_NANOS = 50_000_000L;
  private static final long MAX_WAIT_NANOS = 5_000_000_000L;

  final AddressPair address;
  Generation generation;
  boolean nominated;
  boolean proved;
  long priority;
  long heardNanos;
  private byte @Nullable [] transaction;
  private long waitNanos = FIRST_WAIT_NANOS;
  private long askNanos;

  ValidPair(AddressPair address, Generation generation) {
    this.address = address;
    this.generation = generation;
    this.proved = address.tcp();
  }

  /** Whether it wins while nominations still settle. */
  boolean outranks(ValidPair before) {
    return !before.nominated || priority > before.priority;
  }

  /**
   * Whether to ask now: at once, then ever more rarely, so that an address that never asked for
   * anything does not get much either.
   */
  boolean mayAsk(long nowNanos) {
    if (transaction != null && nowNanos - askNanos < 0) {
      return false;
    }
    askNanos = nowNanos + waitNanos;
    waitNanos = Math.min(MAX_WAIT_NANOS, 2 * waitNanos);
    return true;
  }

  /** The transaction of our check: one for all times that it is asked. */
  byte[] transaction(RandomGenerator random) {
    byte[] id = transaction;
    if (id == null) {
      id = new byte[StunMessage.TRANSACTION_BYTES];
      random.nextBytes(id);
      transaction = id;
    }
    return id;
  }

  /** Whether this is the answer to our check over this pair. */
  boolean answeredBy(byte[] in, int length) {
    byte[] id = transaction;
    return id != null
        && Arrays.equals(id, StunMessage.transaction(in))
        && StunMessage.fingerprinted(in, length)
        && generation.answers(in, length);
  }
}
