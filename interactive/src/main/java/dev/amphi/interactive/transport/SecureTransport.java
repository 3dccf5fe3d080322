package dev.amphi.interactive.transport;

import dev.amphi.interactive.rtp.PacketKind;
import dev.amphi.interactive.transport.dtls.DtlsIdentity;
import dev.amphi.interactive.transport.dtls.DtlsRole;
import dev.amphi.interactive.transport.dtls.DtlsSession;
import dev.amphi.interactive.transport.ice.AddressPair;
import dev.amphi.interactive.transport.ice.IceCredentials;
import dev.amphi.interactive.transport.ice.IcePath;
import dev.amphi.interactive.transport.port.MediaLoop;
import dev.amphi.interactive.transport.srtp.SrtpContext;
import dev.amphi.interactive.transport.srtp.SrtpKeys;
import dev.amphi.interactive.transport.srtp.SrtpStatus;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
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
 * loops that read ─▶ Inbox ─▶ loop ─┬─ DTLS ─▶ validated source? ─▶ DtlsSession (guard, queue, thread)
 *                                  ├─ RTP  ─▶ validated source? ─▶ SrtpContext ─▶ listener
 *                                  └─ RTCP ─▶ validated source? ─▶ SrtpContext ─▶ listener
 * </pre>
 *
 * DTLS from a source that no check has proved yet waits in {@link EarlyDatagrams}.
 */
final class SecureTransport implements Transport {
  private static final long CONNECT_LIMIT_NANOS = 30_000_000_000L;

  /** A far side's checks come every 5 s at least; three may be lost (RFC 7675 §5.1). */
  private static final long CONSENT_LIMIT_NANOS = 20_000_000_000L;

  private static final long HEARD_EVERY_NANOS = 1_000_000_000L;

  /** Messages of application data between the association's thread and the loop. */
  private static final int DATA_WAITING = 64;

  private final Executor loop;
  private final @Nullable MediaLoop home;
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
  private final HandshakeSlot budget;
  private @Nullable DtlsSession dtls;
  private boolean dtlsStarted;
  private @Nullable SrtpContext srtp;
  private int srtpProfile;
  private @Nullable Future<?> watch;
  private long startedNanos;
  private long consentNanos;
  private boolean consentKnown;
  private String closeReason = "";
  private boolean closed;

  /**
   * @param home the loop that {@code loop}'s tasks run on, where it is one that reads datagrams
   */
  SecureTransport(
      Executor loop,
      @Nullable MediaLoop home,
      Listener listener,
      TransportSide side,
      BufferPool pool,
      Function<IcePath.Listener, IcePath> paths) {
    this.loop = loop;
    this.home = home;
    this.listener = listener;
    this.side = side;
    this.budget = new HandshakeSlot(side.handshakes());
    this.identity = side.newIdentity();
    this.inbox = new Inbox(loop, home, pool, this::received);
    this.path = paths.apply(new FromNetwork());
  }

  @Override
  public LocalParameters local() {
    boolean server = side.role() == DtlsRole.SERVER;
    return new LocalParameters(
        path.credentials().ufrag(),
        path.credentials().password(),
        Fingerprint.of("sha-256", identity.certificate()),
        path.candidates(),
        server,
        server ? DtlsSetup.PASSIVE : DtlsSetup.ACTPASS);
  }

  @Override
  public void start(RemoteParameters parameters) {
    RemoteParameters known = remote;
    if (closed || sameCredentials(known, parameters)) {
      return;
    }
    remote = parameters;
    if (known != null) {
      counters.iceRestarts++;
      path.restart(credentials(parameters), parameters.candidates());
      return;
    }
    if (parameters.fingerprints().stream().noneMatch(Fingerprint::strong)) {
      close("the SDP gives no fingerprint by sha-256 or better");
      return;
    }
    DtlsSetup expected = side.role() == DtlsRole.SERVER ? DtlsSetup.ACTIVE : DtlsSetup.PASSIVE;
    if (parameters.setup() != expected && parameters.setup() != DtlsSetup.ACTPASS) {
      close("the SDP says setup:" + parameters.setup().wireName() + ", as this side does");
      return;
    }
    path.start(credentials(parameters), parameters.candidates());
    startedNanos = System.nanoTime();
    watch = side.watch(() -> loop.execute(() -> check(System.nanoTime())));
  }

  @Override
  public boolean follows(RemoteParameters parameters) {
    RemoteParameters known = remote;
    return known == null
        || Set.copyOf(known.fingerprints()).equals(Set.copyOf(parameters.fingerprints()));
  }

  private static boolean sameCredentials(
      @Nullable RemoteParameters known, RemoteParameters parameters) {
    return known != null && credentials(known).equals(credentials(parameters));
  }

  private static IceCredentials credentials(RemoteParameters parameters) {
    return new IceCredentials(parameters.ufrag(), parameters.password());
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
    if (protectedLength > 0 && path.gather(buffer, offset, protectedLength)) {
      counters.packetsSent++;
      counters.bytesSent += protectedLength;
    } else {
      counters.dropsSend++;
    }
  }

  @Override
  public void flush() {
    path.flush();
  }

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
        path.switches(),
        path.selected(),
        relayed(path.selected()),
        srtpProfile);
  }

  private boolean relayed(@Nullable AddressPair selected) {
    RemoteParameters known = remote;
    return selected != null
        && RelayedPath.is(selected, side.relays(), known == null ? List.of() : known.candidates());
  }

  @Override
  public void close(String reason) {
    if (closed || !closeReason.isEmpty()) {
      return;
    }
    closeReason = reason;
    DtlsSession session = dtls;
    if (session == null || !dtlsStarted) {
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
    budget.giveBack();
    inbox.close();
    early.clear();
    Future<?> watching = watch;
    if (watching != null) {
      watching.cancel(false);
    }
    path.close();
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
        if (mayDecrypt(datagram) && took(unprotectRtp(bytes, datagram.length), datagram)) {
          listener.rtp(bytes, 0, plainLength(), datagram.arrivalNanos);
        }
      }
      case RTCP -> {
        if (mayDecrypt(datagram) && took(unprotectRtcp(bytes, datagram.length), datagram)) {
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

  private boolean took(SrtpStatus status, Datagram datagram) {
    return switch (status) {
      case OK -> {
        counters.packetsReceived++;
        counters.bytesReceived += plainLength();
        heard(datagram);
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

  /** Authenticated media says as much as a check does: the far side is there. */
  private void heard(Datagram datagram) {
    if (datagram.arrivalNanos - consentNanos > HEARD_EVERY_NANOS) {
      consented(datagram.arrivalNanos);
      sources.add(datagram.source);
      path.heard(datagram.source, datagram.arrivalNanos);
    }
  }

  private void consented(long nowNanos) {
    consentKnown = true;
    consentNanos = nowNanos;
  }

  private void handshake(Datagram datagram) {
    DtlsSession session = dtls;
    if (session == null || !sources.contains(datagram.source)) {
      if (!early.keep(datagram)) {
        counters.dropsGuard++;
      }
    } else {
      offer(session, datagram.bytes, datagram.length, datagram.source);
    }
  }

  private void offer(DtlsSession session, byte[] bytes, int length, SocketAddress source) {
    if (!session.offer(bytes, 0, length)) {
      counters.dropsGuard++;
    } else if (!dtlsStarted) {
      // A server's begins with what the guard admits, and when there are not too many; a client
      // whose hello waits for that sends it again.
      if (budget.take(source)) {
        start(session);
      } else {
        counters.dropsGuard++;
      }
    }
  }

  private void start(DtlsSession session) {
    dtlsStarted = true;
    session.start(path.credentials().ufrag());
  }

  /** A check went there and back: from now on the handshake may be heard from that address. */
  private void validated(SocketAddress source) {
    if (closed || !closeReason.isEmpty()) {
      return;
    }
    sources.add(source);
    if (dtls == null) {
      dtls = newSession();
    }
    DtlsSession ready = dtls;
    if (side.role() == DtlsRole.CLIENT && !dtlsStarted) {
      start(ready);
    }
    early.release(source, (bytes, length) -> offer(ready, bytes, length, source));
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

  private void onLoop(Runnable task) {
    if (home != null && home.inLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
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
      onLoop(() -> SecureTransport.this.validated(remoteAddress));
    }

    @Override
    public void consented(long nowNanos) {
      onLoop(() -> SecureTransport.this.consented(nowNanos));
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
            budget.giveBack();
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
