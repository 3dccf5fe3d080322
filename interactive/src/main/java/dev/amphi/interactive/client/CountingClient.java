package dev.amphi.interactive.client;

import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.PacketKind;
import dev.amphi.interactive.rtp.RtcpPacket;
import dev.amphi.interactive.rtp.RtcpReader;
import dev.amphi.interactive.transport.DtlsSetup;
import dev.amphi.interactive.transport.Fingerprint;
import dev.amphi.interactive.transport.LocalParameters;
import dev.amphi.interactive.transport.RemoteParameters;
import dev.amphi.interactive.transport.dtls.DtlsIdentity;
import dev.amphi.interactive.transport.dtls.DtlsRole;
import dev.amphi.interactive.transport.dtls.DtlsSession;
import dev.amphi.interactive.transport.srtp.SrtpContext;
import dev.amphi.interactive.transport.srtp.SrtpKeys;
import dev.amphi.interactive.transport.srtp.SrtpStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber that costs its machine next to nothing: ICE, DTLS, consent and feedback are those of
 * a real one, but of the media it reads the clear headers, and decrypts a sample to see that it is
 * what was sent and how old it is. Confined to its loop, but for {@link #close}.
 */
public final class CountingClient implements AutoCloseable {
  private static final long CONNECT_LIMIT_NANOS = 30_000_000_000L;
  private static final int SAMPLE_EVERY = 64;

  private final CountingLoop loop;
  private final CountingSocket socket;
  private final DtlsIdentity identity;
  private final int sampleEvery;
  private final OfferExchange exchange;
  private final CountingFeedback feedback;
  private final RtcpReader reader = new RtcpReader();
  private final List<StreamTally> streams = new ArrayList<>();
  private final DelayHistogram delays = new DelayHistogram();
  private final CompletableFuture<CountingClient> connected = new CompletableFuture<>();
  private final long startNanos = System.nanoTime();
  private Set<Integer> repairTypes = Set.of();
  private int transportSequenceId;
  private @Nullable RemoteParameters remote;
  private @Nullable DtlsSession dtls;
  private @Nullable SrtpContext srtp;
  private long reads;
  private long forged;
  private boolean ended;

  /**
   * On the loop.
   *
   * @param probe whether each packet's delay is taken, instead of one in 64
   */
  CountingClient(
      CountingLoop loop,
      CountingSocket socket,
      DtlsIdentity identity,
      boolean probe,
      OfferExchange exchange,
      long ssrc) {
    this.loop = loop;
    this.socket = socket;
    this.identity = identity;
    this.sampleEvery = probe ? 1 : SAMPLE_EVERY;
    this.exchange = exchange;
    this.feedback = new CountingFeedback(ssrc, "count-" + ssrc, startNanos);
    socket.register(loop.selector(), this);
    loop.add(this);
  }

  LocalParameters local() {
    return new LocalParameters(
        socket.ufrag(),
        socket.password(),
        Fingerprint.of("sha-256", identity.certificate()),
        List.of(),
        false,
        DtlsSetup.ACTIVE);
  }

  CompletionStage<CountingClient> connected() {
    return connected;
  }

  /** Takes the far side's SDP and lets the path come up. */
  void start(AnswerReader sdp) {
    remote = sdp.remote();
    repairTypes = sdp.retransmissionTypes();
    transportSequenceId = sdp.extensionId(HeaderExtension.TRANSPORT_CC);
    socket.start(sdp.remote());
  }

  void fail(Throwable failure) {
    Throwable cause = failure.getCause();
    connected.completeExceptionally(cause == null ? failure : cause);
    end("refused");
  }

  void poll(long nowNanos) {
    if (ended) {
      return;
    }
    socket.poll(nowNanos);
    if (srtp != null) {
      feedback.poll(nowNanos, streams, this::sendRtcp);
    } else if (nowNanos - startNanos > CONNECT_LIMIT_NANOS) {
      end("no connection came up within 30 s");
    }
  }

  private void sendRtcp(byte[] buffer, int offset, int length) {
    SrtpContext context = srtp;
    if (context != null) {
      int bytes = context.protectRtcp(buffer, offset, length);
      if (bytes > 0) {
        socket.send(buffer, offset, bytes);
      }
    }
  }

  void readable() {
    if (!ended) {
      socket.read(this::validated, this::datagram);
    }
  }

  private void validated() {
    DtlsSession session =
        new DtlsSession(
            DtlsRole.CLIENT, identity, this::vouchedFor, socket::send, new FromHandshake());
    dtls = session;
    session.start(socket.ufrag());
  }

  private boolean vouchedFor(byte[] certificate) {
    RemoteParameters known = remote;
    return known != null
        && known.fingerprints().stream().anyMatch(print -> print.matches(certificate));
  }

  private void datagram(byte[] bytes, int length, long nowNanos) {
    switch (PacketKind.of(bytes, 0, length)) {
      case DTLS -> {
        DtlsSession session = dtls;
        if (session != null) {
          session.offer(bytes, 0, length);
        }
      }
      case RTP -> rtp(bytes, length, nowNanos);
      case RTCP -> rtcp(bytes, length, nowNanos);
      case STUN, UNKNOWN -> {
        // The socket took what is for it.
      }
    }
  }

  private void rtp(byte[] bytes, int length, long nowNanos) {
    SrtpContext context = srtp;
    if (length < 12 || context == null) {
      return;
    }
    long ssrc = RtpHeaderFields.ssrc(bytes);
    StreamTally stream = stream(ssrc, bytes);
    stream.onPacket(RtpHeaderFields.sequence(bytes));
    int number = RtpHeaderFields.extensionUnsigned16(bytes, length, transportSequenceId);
    if (number >= 0) {
      feedback.onTransportSequence(number, ssrc, nowNanos);
    }
    if (++reads % sampleEvery == 0 && !stream.repair()) {
      sample(context, bytes, length, nowNanos);
    }
  }

  private void sample(SrtpContext context, byte[] bytes, int length, long nowNanos) {
    if (context.unprotectRtp(bytes, 0, length) != SrtpStatus.OK) {
      forged++;
      return;
    }
    int plain = context.plainLength();
    int payload = RtpHeaderFields.payloadOffset(bytes, plain);
    long sentNanos = payload < 0 ? -1 : SendStamp.find(bytes, payload, plain);
    if (sentNanos >= 0) {
      delays.add((nowNanos - sentNanos) / 1_000);
    }
  }

  private StreamTally stream(long ssrc, byte[] bytes) {
    for (int i = 0; i < streams.size(); i++) {
      if (streams.get(i).ssrc() == ssrc) {
        return streams.get(i);
      }
    }
    boolean repair = repairTypes.contains(RtpHeaderFields.payloadType(bytes));
    StreamTally stream = new StreamTally(ssrc, repair);
    streams.add(stream);
    return stream;
  }

  private void rtcp(byte[] bytes, int length, long nowNanos) {
    SrtpContext context = srtp;
    if (context == null || context.unprotectRtcp(bytes, 0, length) != SrtpStatus.OK) {
      return;
    }
    for (RtcpPacket packet : reader.read(bytes, 0, context.plainLength())) {
      if (packet instanceof RtcpPacket.SenderReport report) {
        feedback.onSenderReport(report.ntp(), nowNanos);
      }
    }
  }

  /** Begins to count anew. */
  void mark() {
    streams.forEach(StreamTally::mark);
    delays.reset();
    forged = 0;
  }

  /** Adds what was counted since the mark. */
  void addTo(CountingWindow.Sum sum) {
    long media = 0;
    for (StreamTally stream : streams) {
      if (stream.repair()) {
        sum.repair += stream.received();
      } else {
        media += stream.received();
        sum.lost += stream.lost();
      }
    }
    sum.clients += srtp == null ? 0 : 1;
    sum.silent += srtp != null && media == 0 ? 1 : 0;
    sum.packets += media;
    sum.forged += forged;
    (sampleEvery == 1 ? sum.delays : sum.bulkDelays).add(delays);
  }

  void end(String reason) {
    if (ended) {
      return;
    }
    ended = true;
    loop.remove(this);
    connected.completeExceptionally(new IllegalStateException("No media: " + reason));
    DtlsSession session = dtls;
    if (session == null) {
      socket.close();
    } else {
      session.close();
    }
  }

  /** Leaves and frees everything. */
  @Override
  public void close() {
    exchange.end();
    loop.execute(() -> end("left"));
  }

  /** From the handshake's thread to the loop. */
  private final class FromHandshake implements DtlsSession.Listener {
    @Override
    public void agreed(SrtpKeys keys) {
      SrtpContext context = new SrtpContext(keys);
      loop.execute(
          () -> {
            srtp = context;
            connected.complete(CountingClient.this);
          });
    }

    @Override
    public void data(byte[] buffer, int length) {
      // A counting client opens no data channels.
    }

    @Override
    public void ended(String reason) {
      // Not on the loop: it may have ended before.
      socket.close();
      loop.execute(() -> end(reason));
    }
  }
}
