package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.dtls.DtlsIdentity;
import dev.amphi.interactive.transport.dtls.DtlsRole;
import dev.amphi.interactive.transport.dtls.DtlsSession;
import dev.amphi.interactive.transport.ice.IcePath;
import dev.amphi.interactive.transport.srtp.SrtpContext;
import dev.amphi.interactive.transport.srtp.SrtpKeys;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The DTLS association of one transport: made with the first proved address, begun when the guard
 * admits something and not too many stand half open, and brought back from its own thread to the
 * loop. DTLS from a source that no check has proved yet waits in {@link EarlyDatagrams}. Confined
 * to the loop.
 */
final class Association {
  /** Messages of application data between the association's thread and the loop. */
  private static final int DATA_WAITING = 64;

  private final Executor loop;
  private final DtlsRole role;
  private final Supplier<DtlsSession> sessions;
  private final Supplier<IcePath> path;
  private final Listener listener;
  private final TransportCounters counters;
  private final HandshakeSlot budget;
  private final EarlyDatagrams early = new EarlyDatagrams();
  private final AtomicInteger dataWaiting = new AtomicInteger();
  private final AtomicLong dataLate = new AtomicLong();
  private @Nullable DtlsSession session;
  private boolean started;

  /** Hears of the association, on the loop. */
  interface Listener {
    /** The far side proved to be who its SDP says. */
    void agreed(SrtpContext context, SrtpKeys keys);

    /** Application data came. */
    void data(byte[] message, long nowNanos);

    /** It is over, or never came to be; the last call. */
    void ended(String reason);
  }

  /**
   * @param vouchedFor whether the SDP vouches for a certificate, given as DER
   * @param path leads to the far side; asked for when there is something to send
   */
  Association(
      Executor loop,
      TransportSide side,
      DtlsIdentity identity,
      Predicate<byte[]> vouchedFor,
      Supplier<IcePath> path,
      TransportCounters counters,
      Listener listener) {
    this.loop = loop;
    this.role = side.role();
    this.sessions =
        () ->
            new DtlsSession(
                role,
                identity,
                vouchedFor,
                (buffer, offset, length) -> path.get().send(buffer, offset, length),
                new FromHandshake());
    this.path = path;
    this.listener = listener;
    this.counters = counters;
    this.budget = new HandshakeSlot(side.handshakes());
  }

  /** A datagram that looks like DTLS came, from a proved source or not. */
  void received(Datagram datagram, boolean proved) {
    DtlsSession ready = session;
    if (ready == null || !proved) {
      if (!early.keep(datagram)) {
        counters.dropsGuard++;
      }
    } else {
      offer(ready, datagram.bytes, datagram.length, datagram.source);
    }
  }

  /** A check went there and back: from now on the handshake may be heard from that address. */
  void proved(SocketAddress source) {
    DtlsSession ready = session;
    if (ready == null) {
      ready = sessions.get();
      session = ready;
    }
    if (role == DtlsRole.CLIENT && !started) {
      start(ready);
    }
    DtlsSession taker = ready;
    early.release(source, (bytes, length) -> offer(taker, bytes, length, source));
  }

  private void offer(DtlsSession ready, byte[] bytes, int length, SocketAddress source) {
    if (!ready.offer(bytes, 0, length)) {
      counters.dropsGuard++;
    } else if (!started) {
      // A server's begins with what the guard admits, and when there are not too many; a client
      // whose hello waits for that sends it again.
      if (budget.take(source)) {
        start(ready);
      } else {
        counters.dropsGuard++;
      }
    }
  }

  private void start(DtlsSession ready) {
    started = true;
    ready.start(path.get().credentials().ufrag());
  }

  /** Sends application data; false when it cannot be. */
  boolean send(byte[] buffer, int offset, int length) {
    DtlsSession ready = session;
    return ready != null && ready.send(buffer, offset, length);
  }

  /** Messages that came faster than the loop took them; any thread. */
  long dataLate() {
    return dataLate.get();
  }

  /** Says goodbye; {@link Listener#ended} follows. False when there is nobody to say it to. */
  boolean close() {
    DtlsSession ready = session;
    if (ready == null || !started) {
      return false;
    }
    ready.close();
    return true;
  }

  /** Lets go of what it holds; after the last call of the listener, or instead of it. */
  void clear() {
    budget.giveBack();
    early.clear();
  }

  /** From the handshake's thread to the loop. */
  private final class FromHandshake implements DtlsSession.Listener {
    @Override
    public void agreed(SrtpKeys keys) {
      SrtpContext context = new SrtpContext(keys);
      loop.execute(
          () -> {
            budget.giveBack();
            listener.agreed(context, keys);
          });
    }

    @Override
    public void data(byte[] buffer, int length) {
      long nowNanos = System.nanoTime();
      if (dataWaiting.incrementAndGet() > DATA_WAITING) {
        dataWaiting.decrementAndGet();
        dataLate.incrementAndGet();
        return;
      }
      byte[] copy = Arrays.copyOf(buffer, length);
      loop.execute(
          () -> {
            dataWaiting.decrementAndGet();
            listener.data(copy, nowNanos);
          });
    }

    @Override
    public void ended(String reason) {
      loop.execute(() -> listener.ended(reason));
    }
  }
}
