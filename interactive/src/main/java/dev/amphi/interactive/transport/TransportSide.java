package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.dtls.DtlsIdentity;
import dev.amphi.interactive.transport.dtls.DtlsRole;
import dev.amphi.interactive.transport.port.AddressBudget;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What all transports of a factory share: which role we play, where identities come from, the time
 * limit.
 */
final class TransportSide implements AutoCloseable {
  private static final long WATCH_SECONDS = 5;

  /**
   * A school's class joins from one address at once, and each handshake takes a tenth of a second.
   */
  static final int HANDSHAKES_PER_ADDRESS = 64;

  private static final int HANDSHAKES = 1_024;

  private final AddressBudget handshakes = new AddressBudget(HANDSHAKES_PER_ADDRESS, HANDSHAKES);
  private final Predicate<InetAddress> relays;
  private final DtlsRole role;
  private final SecureRandom random;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("transport-timer").daemon().factory());

  TransportSide(DtlsRole role, SecureRandom random, Clock clock) {
    this(role, random, clock, address -> false);
  }

  /**
   * @param relays knows the addresses of relays, for the counters
   */
  TransportSide(DtlsRole role, SecureRandom random, Clock clock, Predicate<InetAddress> relays) {
    this.relays = relays;
    this.role = role;
    this.random = random;
    this.clock = clock;
  }

  /** The handshakes that stand half open. */
  AddressBudget handshakes() {
    return handshakes;
  }

  Predicate<InetAddress> relays() {
    return relays;
  }

  DtlsRole role() {
    return role;
  }

  /**
   * A key and certificate for one transport. Never shared: on a new path only another fingerprint
   * tells a browser that a new DTLS association begins (RFC 8842 §5.5).
   */
  DtlsIdentity newIdentity() {
    return DtlsIdentity.create(random, clock.instant());
  }

  /** Runs a task every few seconds until it is cancelled. */
  Future<?> watch(Runnable task) {
    return timer.scheduleAtFixedRate(task, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
