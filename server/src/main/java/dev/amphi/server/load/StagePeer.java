package dev.amphi.server.load;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.pipeline.EndpointConfig;
import dev.amphi.interactive.pipeline.MediaEndpoint;
import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.ReceiverStats;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.LocalSource;
import dev.amphi.interactive.send.RtpSender;
import dev.amphi.interactive.send.SenderConfig;
import dev.amphi.interactive.send.SenderOutput;
import dev.amphi.interactive.send.SenderStats;
import dev.amphi.interactive.transport.Transport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One participant's peer connection, the client's side: a transport, what is sent over it and what
 * is received. Confined to its loop, to which its few calls from outside hop.
 */
final class StagePeer implements Transport.Listener, SenderOutput {
  /** Takes the frames of a section that receives, on the loop. */
  interface FrameSink {
    void frame(OfferSection section, EncodedFrame frame);
  }

  private final MediaLoop loop;
  private final Transport transport;
  private final List<OfferSection> sections;
  private final FrameSink frames;
  private final NtpClock ntp =
      NtpClock.of(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()), System.nanoTime());
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CompletableFuture<Void> firstMedia = new CompletableFuture<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final Map<String, RtpSender> senders = new LinkedHashMap<>();
  private final Map<String, LocalSource> sources = new LinkedHashMap<>();
  private final List<RtpReceiver> receivers = new ArrayList<>();
  private Runnable keyFrameWanted = () -> {};
  private @Nullable MediaEndpoint endpoint;

  StagePeer(StageLine line, MediaLoop loop, List<OfferSection> sections, FrameSink frames) {
    this.loop = loop;
    this.sections = sections;
    this.frames = frames;
    transport = line.transports().create(loop::execute, this);
  }

  /** The offer's text. */
  String offer() {
    return OfferWriter.write(transport.local(), sections);
  }

  /**
   * Applies the answer and lets the path come up.
   *
   * @param keyFrameWanted run on the loop when the far side cannot decode what is sent
   */
  void start(AnswerText answer, Runnable keyFrameWanted) throws LoadFailed {
    var remote = answer.remote();
    HeaderExtensions extensions = answer.extensions();
    loop.execute(
        () -> {
          this.keyFrameWanted = keyFrameWanted;
          MediaEndpoint media =
              new MediaEndpoint(new EndpointConfig(1, "amphi-load", ntp, extensions, true), this);
          endpoint = media;
          for (OfferSection section : sections) {
            if (answer.accepts(section.mid())) {
              open(media, section, answer, extensions);
            }
          }
          loop.add(this);
          transport.start(remote);
        });
  }

  private void open(
      MediaEndpoint media, OfferSection section, AnswerText answer, HeaderExtensions extensions) {
    if (section.sends()) {
      var types = new SenderConfig.PayloadTypes(section.payloadType(), section.rtxPayloadType());
      SenderConfig config =
          new SenderConfig(
              section.mid(),
              section.ssrc(),
              section.rtxSsrc(),
              Map.of(section.codec(), types),
              section.video(),
              extensions);
      senders.put(section.mid(), media.send(config));
      return;
    }
    List<Long> ssrcs = answer.sources(section.mid());
    receivers.add(
        media.receive(
            new ReceiverConfig(
                section.mid(),
                section.codec(),
                section.payloadType(),
                section.rtxPayloadType(),
                ssrcs.isEmpty() ? ReceiverConfig.NONE : ssrcs.getFirst(),
                ssrcs.size() < 2 ? ReceiverConfig.NONE : ssrcs.get(1),
                section.video(),
                extensions),
            new Received(section)));
  }

  /** Hears of what one section receives. */
  private final class Received implements ReceiverOutput {
    private final OfferSection section;

    Received(OfferSection section) {
      this.section = section;
    }

    @Override
    public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
      firstMedia.complete(null);
    }

    @Override
    public void frame(EncodedFrame frame) {
      frames.frame(section, frame);
    }
  }

  /** Sends one coded frame; from any thread, takes the array over. */
  void send(String mid, byte[] frame, long timeTicks) {
    loop.execute(
        () -> {
          LocalSource source = sources.get(mid);
          if (source != null) {
            source.send(frame, 0, frame.length, timeTicks, System.nanoTime());
          }
        });
  }

  /** Completes when media can flow, exceptionally when the path failed. */
  CompletableFuture<Void> connection() {
    return connected;
  }

  /** Completes when the first packet of media came. */
  CompletableFuture<Void> media() {
    return firstMedia;
  }

  /** Completes with the reason when the path is gone. */
  CompletableFuture<String> end() {
    return end;
  }

  void poll(long nowNanos) {
    MediaEndpoint media = endpoint;
    if (media != null && nowNanos >= media.nextDeadlineNanos()) {
      media.poll(nowNanos);
    }
  }

  @Override
  public void connected() {
    // A source is made only now, so that its first key frame finds the path open.
    long now = System.nanoTime();
    for (OfferSection section : sections) {
      RtpSender sender = senders.get(section.mid());
      if (sender != null) {
        sources.put(
            section.mid(),
            new LocalSource(
                section.codec(),
                sender,
                ntp,
                section.video() ? () -> keyFrameWanted.run() : () -> {},
                now));
      }
    }
    connected.complete(null);
  }

  @Override
  public void rtp(byte[] buffer, int offset, int length, long nowNanos) {
    MediaEndpoint media = endpoint;
    if (media != null) {
      media.onRtp(buffer, offset, length, nowNanos);
    }
  }

  @Override
  public void rtcp(byte[] buffer, int offset, int length, long nowNanos) {
    MediaEndpoint media = endpoint;
    if (media != null) {
      media.onRtcp(buffer, offset, length, nowNanos);
    }
  }

  @Override
  public void closed(String reason) {
    loop.remove(this);
    end.complete(reason);
    connected.completeExceptionally(new LoadFailed("the path was closed: " + reason));
  }

  @Override
  public void sendRtp(byte[] buffer, int offset, int length) {
    transport.sendRtp(buffer, offset, length);
  }

  @Override
  public void sendRtcp(byte[] buffer, int offset, int length) {
    transport.sendRtcp(buffer, offset, length);
  }

  /** What all sections together sent and received. */
  CompletableFuture<Counts> counts() {
    return CompletableFuture.supplyAsync(this::count, loop::execute);
  }

  private Counts count() {
    long packets = 0;
    long bytes = 0;
    long lost = 0;
    for (RtpSender sender : senders.values()) {
      SenderStats stats = sender.stats();
      packets += stats.packets();
      bytes += stats.bytes();
    }
    for (RtpReceiver receiver : receivers) {
      ReceiverStats stats = receiver.stats();
      packets += stats.packets();
      bytes += stats.bytes();
      lost += Math.max(0, stats.givenUp());
    }
    return new Counts(packets, bytes, lost, !receivers.isEmpty());
  }

  /**
   * Media packets.
   *
   * @param lost never came, not even by retransmission; counted only where this side receives
   */
  record Counts(long packets, long bytes, long lost, boolean receives) {}

  void close() {
    loop.execute(() -> transport.close("leaving"));
  }
}
