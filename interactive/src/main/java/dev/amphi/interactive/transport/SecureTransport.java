package dev.amphi.interactive.transport;

import dev.amphi.interactive.rtp.PacketKind;
import dev.amphi.interactive.transport.dtls.DtlsIdentity;
import dev.amphi.interactive.transport.dtls.DtlsRole;
import dev.amphi.interactive.transport.dtls.DtlsSession;
import dev.amphi.interactive.transport.ice.IcePath;
import dev.amphi.interactive.transport.srtp.SrtpContext;
import dev.amphi.interactive.transport.srtp.SrtpKeys;
import dev.amphi.interactive.transport.srtp.SrtpStatus;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transport over any ICE path:
 *
 * <pre>
 * reader threads ─▶ Inbox ─▶ loop ─┬─ DTLS ─▶ validated source? ─▶ DtlsSession (guard, queue, thread)
 *                                  ├─ RTP  ─▶ validated source? ─▶ SrtpContext ─▶ listener
 *                                  └─ RTCP ─▶ validated source? ─▶ SrtpContext ─▶ listener
 * </pre>
 *
 * DTLS from a source that no check has proved yet waits in {@link EarlyDatagrams}.
 */
final class SecureTransport implements Transport {
  private static final long CONNECT_LIMIT_NANOS = 30_000_000_000L;

  /** The server's checks and ours go out every 5 s; three may be lost. */
  private static final long CONSENT_LIMIT_NANOS = 20_000_000_000L;

  /** Messages of application data between the association's thread and the loop. */
  private static final int DATA_WAITING = 64;

  private final Executor loop;
  private final Listener listener;
  private final TransportSide side;
  private final DtlsIdentity identity;
  private final IcePath path;
  private final Inbox inbox;
  private final ValidatedSources sources = new ValidatedSources();
  private final EarlyDatagrams early = new EarlyDatagrams();
  private final TransportCounters counters = new TransportCounters();
  private final AtomicLong oversize = new AtomicLong();
  private final AtomicInteger dataWaiting = new AtomicInteger();
  private final AtomicLong dataLate = new AtomicLong();
  private @Nullable RemoteParameters remote;
  private @Nullable DtlsSession dtls;
  private @Nullable SrtpContext srtp;
  private int srtpProfile;
  private @Nullable Future<?> watch;
  private long startedNanos;
  private long consentNanos;
  private boolean consentKnown;
  private String closeReason = "";
  private boolean closed;

  SecureTransport(
      Executor loop,
      Listener listener,
      TransportSide side,
      BufferPool pool,
      Function<IcePath.Listener, IcePath> paths) {
    this.loop = loop;
    this.listener = listener;
    this.side = side;
    this.identity = side.newIdentity();
    this.inbox = new Inbox(loop, pool, this::received);
    this.path = paths.apply(new FromNetwork());
  }

  @Override
  public LocalParameters local() {
    boolean server = side.role() == DtlsRole.SERVER;
    return new LocalParameters(
        path.ufrag(),
        path.password(),
        Fingerprint.of("sha-256", identity.certificate()),
        path.candidates(),
        server,
        server ? DtlsSetup.PASSIVE : DtlsSetup.ACTPASS);
  }

  @Override
  public void start(RemoteParameters parameters) {
    RemoteParameters known = remote;
    if (closed || known != null) {
      return;
    }
    remote = parameters;
    if (parameters.fingerprints().stream().noneMatch(Fingerprint::strong)) {
      close("the SDP gives no fingerprint by sha-256 or better");
      return;
    }
    DtlsSetup expected = side.role() == DtlsRole.SERVER ? DtlsSetup.ACTIVE : DtlsSetup.PASSIVE;
    if (parameters.setup() != expected && parameters.setup() != DtlsSetup.ACTPASS) {
      close("the SDP says setup:" + parameters.setup().wireName() + ", as this side does");
      return;
    }
    path.start(parameters.ufrag(), parameters.password(), parameters.candidates());
    startedNanos = System.nanoTime();
    watch = side.watch(() -> loop.execute(() -> check(System.nanoTime())));
  }

  @Override
  public boolean follows(RemoteParameters parameters) {
    RemoteParameters known = remote;
    return known == null
        || (known.ufrag().equals(parameters.ufrag())
            && known.password().equals(parameters.password()));
  }

  @Override
  public boolean connected() {
    return srtp != null && !closed;
  }

  @Override
  public void sendRtp(byte[] buffer, int offset, int length) {
    SrtpContext context = srtp;
    if (context == null || closed) {
      counters.dropsNotConnected++;
      return;
    }
    send(buffer, offset, context.protectRtp(buffer, offset, length));
  }

  @Override
  public void sendRtcp(byte[] buffer, int offset, int length) {
    SrtpContext context = srtp;
    if (context == null || closed) {
      counters.dropsNotConnected++;
      return;
    }
    send(buffer, offset, context.protectRtcp(buffer, offset, length));
  }

  private void send(byte[] buffer, int offset, int protectedLength) {
    if (protectedLength > 0 && path.send(buffer, offset, protectedLength)) {
      counters.packetsSent++;
      counters.bytesSent += protectedLength;
    } else {
      counters.dropsSend++;
    }
  }

  @Override
  public void flush() {}

  @Override
  public boolean sendData(byte[] buffer, int offset, int length) {
    DtlsSession session = dtls;
    if (closed
        || session == null
        || length > MAX_DATA_BYTES
        || !session.send(buffer, offset, length)) {
      counters.dropsData++;
      return false;
    }
    return true;
  }

  @Override
  public TransportStats stats() {
    return counters.snapshot(
        inbox.dropped(),
        oversize.get(),
        dataLate.get(),
        0,
        TransportStats.Protocol.NONE,
        TransportStats.AddressKind.NONE,
        srtpProfile);
  }

  @Override
  public void close(String reason) {
    if (closed || !closeReason.isEmpty()) {
      return;
    }
    closeReason = reason;
    DtlsSession session = dtls;
    if (session == null) {
      finish(reason);
    } else {
      session.close();
    }
  }

  /** Ends a path that does not come up, or whose far side has fallen silent (RFC 7675 §5.1). */
  void check(long nowNanos) {
    if (srtp == null && nowNanos - startedNanos > CONNECT_LIMIT_NANOS) {
      close("no connection came up within 30 s");
    } else if (consentKnown && nowNanos - consentNanos > CONSENT_LIMIT_NANOS) {
      close("the far side has not answered for 20 s");
    }
  }

  private void finish(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    inbox.close();
    early.clear();
    Future<?> watching = watch;
    if (watching != null) {
      watching.cancel(false);
    }
    side.free(path::close);
    listener.closed(closeReason.isEmpty() ? reason : closeReason);
  }

  private void received(Datagram datagram) {
    if (closed) {
      return;
    }
    byte[] bytes = datagram.bytes;
    switch (PacketKind.of(bytes, 0, datagram.length)) {
      case DTLS -> handshake(datagram);
      case RTP -> {
        if (mayDecrypt(datagram) && took(unprotectRtp(bytes, datagram.length))) {
          listener.rtp(bytes, 0, plainLength(), datagram.arrivalNanos);
        }
      }
      case RTCP -> {
        if (mayDecrypt(datagram) && took(unprotectRtcp(bytes, datagram.length))) {
          listener.rtcp(bytes, 0, plainLength(), datagram.arrivalNanos);
        }
      }
      case STUN, UNKNOWN -> counters.dropsUnknown++;
    }
  }

  private boolean mayDecrypt(Datagram datagram) {
    if (srtp == null || !sources.contains(datagram.source)) {
      counters.dropsNotConnected++;
      return false;
    }
    return true;
  }

  private SrtpStatus unprotectRtp(byte[] bytes, int length) {
    SrtpContext context = srtp;
    return context == null ? SrtpStatus.NOT_AUTHENTIC : context.unprotectRtp(bytes, 0, length);
  }

  private SrtpStatus unprotectRtcp(byte[] bytes, int length) {
    SrtpContext context = srtp;
    return context == null ? SrtpStatus.NOT_AUTHENTIC : context.unprotectRtcp(bytes, 0, length);
  }

  private int plainLength() {
    SrtpContext context = srtp;
    return context == null ? 0 : context.plainLength();
  }

  private boolean took(SrtpStatus status) {
    return switch (status) {
      case OK -> {
        counters.packetsReceived++;
        counters.bytesReceived += plainLength();
        yield true;
      }
      case REPLAYED -> {
        counters.dropsReplay++;
        yield false;
      }
      case NOT_AUTHENTIC, TOO_MANY_SOURCES -> {
        counters.dropsAuthentication++;
        yield false;
      }
    };
  }

  private void handshake(Datagram datagram) {
    DtlsSession session = dtls;
    if (session == null || !sources.contains(datagram.source)) {
      if (!early.keep(datagram)) {
        counters.dropsGuard++;
      }
    } else if (!session.offer(datagram.bytes, 0, datagram.length)) {
      counters.dropsGuard++;
    }
  }

  /** A check went there and back: from now on the handshake may be heard from that address. */
  private void validated(SocketAddress source) {
    if (closed || !closeReason.isEmpty()) {
      return;
    }
    sources.add(source);
    DtlsSession session = dtls;
    if (session == null) {
      session = newSession();
      dtls = session;
      session.start(path.ufrag());
    }
    DtlsSession ready = session;
    early.release(
        source,
        (bytes, length) -> {
          if (!ready.offer(bytes, 0, length)) {
            counters.dropsGuard++;
          }
        });
  }

  private DtlsSession newSession() {
    return new DtlsSession(
        side.role(), identity, this::vouchedFor, path::send, new FromHandshake());
  }

  private boolean vouchedFor(byte[] certificate) {
    RemoteParameters known = remote;
    return known != null
        && known.fingerprints().stream().anyMatch(print -> print.matches(certificate));
  }

  /** From the network's threads to the loop. */
  private final class FromNetwork implements IcePath.Listener {
    @Override
    public void datagram(
        byte[] buffer, int offset, int length, SocketAddress source, long nowNanos) {
      if (length > Datagram.MAX_BYTES) {
        oversize.incrementAndGet();
        return;
      }
      inbox.offer(buffer, offset, length, source, nowNanos);
    }

    @Override
    public void validated(SocketAddress remoteAddress) {
      loop.execute(() -> SecureTransport.this.validated(remoteAddress));
    }

    @Override
    public void consented(long nowNanos) {
      loop.execute(
          () -> {
            consentKnown = true;
            consentNanos = nowNanos;
          });
    }

    @Override
    public void failed(String reason) {
      loop.execute(() -> close(reason));
    }
  }

  /** From the handshake's thread to the loop. */
  private final class FromHandshake implements DtlsSession.Listener {
    @Override
    public void agreed(SrtpKeys keys) {
      SrtpContext context = new SrtpContext(keys);
      loop.execute(
          () -> {
            if (!closed && closeReason.isEmpty()) {
              srtp = context;
              srtpProfile = keys.profile().number();
              listener.connected();
            }
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
            if (!closed) {
              listener.data(copy, 0, copy.length, nowNanos);
            }
          });
    }

    @Override
    public void ended(String reason) {
      loop.execute(() -> finish(reason));
    }
  }
}
