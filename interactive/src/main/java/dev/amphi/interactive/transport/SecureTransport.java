package dev.amphi.interactive.transport;

import dev.amphi.interactive.rtp.PacketKind;
import dev.amphi.interactive.transport.dtls.DtlsIdentity;
import dev.amphi.interactive.transport.ice.IceCredentials;
import dev.amphi.interactive.transport.ice.IcePath;
import dev.amphi.interactive.transport.port.MediaLoop;
import dev.amphi.interactive.transport.srtp.SrtpContext;
import dev.amphi.interactive.transport.srtp.SrtpKeys;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transport over any ICE path:
 *
 * <pre>
 * loops that read ─▶ Inbox ─▶ loop ─┬─ DTLS ─▶ validated source? ─▶ Association (guard, queue, thread)
 *                                  ├─ RTP  ─▶ validated source? ─▶ ProtectedMedia ─▶ listener
 *                                  └─ RTCP ─▶ validated source? ─▶ ProtectedMedia ─▶ listener
 * </pre>
 */
final class SecureTransport implements Transport {
  private final Executor loop;
  private final Listener listener;
  private final TransportSide side;
  private final DtlsIdentity identity;
  private final IcePath path;
  private final Inbox inbox;
  private final ValidatedSources sources = new ValidatedSources();
  private final TransportCounters counters = new TransportCounters();
  private final ProtectedMedia media = new ProtectedMedia(counters);
  private final Consent consent = new Consent();
  private final Association association;
  private final FarSide far = new FarSide();
  private @Nullable Future<?> watch;
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
    this.listener = listener;
    this.side = side;
    this.identity = side.newIdentity();
    this.inbox = new Inbox(loop, home, pool, this::received);
    this.association =
        new Association(
            loop, side, identity, far::vouchesFor, this::path, counters, new FromHandshake());
    this.path = paths.apply(new FromNetwork(this, inbox, loop, home));
  }

  @Override
  public LocalParameters local() {
    return LocalParameters.of(path, identity, side.role());
  }

  @Override
  public void start(RemoteParameters parameters) {
    if (closed || far.repeats(parameters)) {
      return;
    }
    boolean restart = !far.unknown();
    far.says(parameters);
    IceCredentials credentials = FarSide.credentials(parameters);
    if (restart) {
      counters.iceRestarts++;
      path.restart(credentials, parameters.candidates());
      return;
    }
    String refusal = FarSide.refusal(parameters, side.role());
    if (refusal != null) {
      close(refusal);
      return;
    }
    path.start(credentials, parameters.candidates());
    consent.awaited(System.nanoTime());
    watch = side.watch(() -> loop.execute(() -> check(System.nanoTime())));
  }

  @Override
  public boolean follows(RemoteParameters parameters) {
    return far.sameCertificates(parameters);
  }

  @Override
  public boolean connected() {
    return media.ready() && !closed;
  }

  @Override
  public void sendRtp(byte[] buffer, int offset, int length) {
    if (mayEncrypt()) {
      send(buffer, offset, media.protectRtp(buffer, offset, length));
    }
  }

  @Override
  public void sendRtcp(byte[] buffer, int offset, int length) {
    if (mayEncrypt()) {
      send(buffer, offset, media.protectRtcp(buffer, offset, length));
    }
  }

  private boolean mayEncrypt() {
    if (!connected()) {
      counters.dropsNotConnected++;
      return false;
    }
    return true;
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
    if (closed || length > MAX_DATA_BYTES || !association.send(buffer, offset, length)) {
      counters.dropsData++;
      return false;
    }
    return true;
  }

  @Override
  public TransportStats stats() {
    return counters.snapshot(
        inbox.dropped(),
        inbox.oversize(),
        association.dataLate(),
        path.switches(),
        path.selected(),
        far.reachedByRelay(path.selected(), side.relays()),
        media.profile());
  }

  @Override
  public void close(String reason) {
    if (closed || !closeReason.isEmpty()) {
      return;
    }
    closeReason = reason;
    if (!association.close()) {
      finish(reason);
    }
  }

  /** Ends a path that does not come up, or whose far side has fallen silent (RFC 7675 §5.1). */
  void check(long nowNanos) {
    String over = consent.over(media.ready(), nowNanos);
    if (over != null) {
      close(over);
    }
  }

  private void finish(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    association.clear();
    inbox.close();
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
      case DTLS -> association.received(datagram, sources.contains(datagram.source));
      case RTP -> {
        if (mayDecrypt(datagram) && media.unprotectRtp(datagram)) {
          heard(datagram);
          listener.rtp(bytes, 0, media.plainLength(), datagram.arrivalNanos);
        }
      }
      case RTCP -> {
        if (mayDecrypt(datagram) && media.unprotectRtcp(datagram)) {
          heard(datagram);
          listener.rtcp(bytes, 0, media.plainLength(), datagram.arrivalNanos);
        }
      }
      case STUN, UNKNOWN -> counters.dropsUnknown++;
    }
  }

  private boolean mayDecrypt(Datagram datagram) {
    if (!media.ready() || !sources.contains(datagram.source)) {
      counters.dropsNotConnected++;
      return false;
    }
    return true;
  }

  /** Authenticated media says as much as a check does: the far side is there. */
  private void heard(Datagram datagram) {
    if (consent.isOld(datagram.arrivalNanos)) {
      consent.given(datagram.arrivalNanos);
      sources.add(datagram.source);
      path.heard(datagram.source, datagram.arrivalNanos);
    }
  }

  /** A check went there and back. */
  void validated(SocketAddress source) {
    if (!closed && closeReason.isEmpty()) {
      sources.add(source);
      association.proved(source);
    }
  }

  /** The far side has answered a check. */
  void consented(long nowNanos) {
    consent.given(nowNanos);
  }

  /** Another pair carries the media now. */
  void moved() {
    if (!closed) {
      listener.moved();
    }
  }

  private IcePath path() {
    return path;
  }

  /** From the handshake, on the loop. */
  private final class FromHandshake implements Association.Listener {
    @Override
    public void agreed(SrtpContext context, SrtpKeys keys) {
      if (!closed && closeReason.isEmpty()) {
        media.agreed(context, keys);
        listener.connected();
      }
    }

    @Override
    public void data(byte[] message, long nowNanos) {
      if (!closed) {
        listener.data(message, 0, message.length, nowNanos);
      }
    }

    @Override
    public void ended(String reason) {
      finish(reason);
    }
  }
}
