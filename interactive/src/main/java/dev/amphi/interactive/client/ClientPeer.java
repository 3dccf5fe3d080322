package dev.amphi.interactive.client;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.pipeline.EndpointConfig;
import dev.amphi.interactive.pipeline.MediaEndpoint;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.send.LocalSource;
import dev.amphi.interactive.send.RtpSender;
import dev.amphi.interactive.send.SenderConfig;
import dev.amphi.interactive.send.SenderOutput;
import dev.amphi.interactive.transport.RemoteParameters;
import dev.amphi.interactive.transport.Transport;
import dev.amphi.interactive.transport.TransportFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A client's peer connection: offer, answer, what it sends and its slots. Confined to its loop. */
final class ClientPeer implements Transport.Listener, SenderOutput {
  /** What the client wants to know of it, on the loop. */
  interface Events extends ClientSlot.FrameSink {
    void mediaConnected();

    void mediaClosed(String reason);

    void keyFrameWanted(Source source);
  }

  private final ClientLoop loop;
  private final NtpClock ntp;
  private final Events events;
  private final List<ClientSection> sections;
  private final Map<Source, Sending> sending = new EnumMap<>(Source.class);
  private final List<ClientSlot> slots = new ArrayList<>();
  private final MediaEndpoint endpoint;
  private final Transport transport;
  private final String cname;
  private final long offeredNanos;
  private long connectedNanos = -1;
  private boolean closed;

  private record Sending(LocalSource source, RtpSender sender) {}

  ClientPeer(
      ClientLoop loop,
      TransportFactory transports,
      NtpClock ntp,
      RandomGenerator random,
      MediaPlan plan,
      Events events) {
    this.loop = loop;
    this.ntp = ntp;
    this.events = events;
    this.sections = ClientSection.of(plan, random);
    this.cname = "c" + Long.toString(random.nextLong(1, Long.MAX_VALUE), 36);
    this.offeredNanos = System.nanoTime();
    this.endpoint =
        new MediaEndpoint(
            new EndpointConfig(
                random.nextLong(1, 0xFFFFFFFFL), cname, ntp, ClientFormats.EXTENSIONS, true),
            this);
    this.transport = transports.create(loop, this);
    loop.add(this);
  }

  List<ClientSection> sections() {
    return sections;
  }

  List<ClientSlot> slots() {
    return slots;
  }

  String offer() {
    return OfferWriter.write(sections, transport.local(), cname);
  }

  /** Takes the answer and lets the path come up. */
  void answer(String sdp) {
    AnswerReader reader = new AnswerReader(sdp);
    RemoteParameters remote = reader.remote();
    Map<String, AnswerReader.Answered> answered = reader.sections();
    for (ClientSection section : sections) {
      AnswerReader.Answered answer = answered.get(section.mid());
      if (answer == null || !answer.accepted()) {
        continue;
      }
      Source source = section.source();
      if (source == null) {
        slots.add(new ClientSlot(section, answer, endpoint, events));
      } else {
        sending.put(source, sending(section, source));
      }
    }
    transport.start(remote);
  }

  private Sending sending(ClientSection section, Source source) {
    Codec codec = section.codecs().getFirst();
    RtpSender sender =
        endpoint.send(
            new SenderConfig(
                section.mid(),
                section.ssrc(),
                section.rtxSsrc(),
                Map.of(
                    codec,
                    new SenderConfig.PayloadTypes(
                        ClientFormats.payloadType(codec), ClientFormats.rtxPayloadType(codec))),
                codec != Codec.OPUS,
                ClientFormats.EXTENSIONS));
    LocalSource local =
        new LocalSource(codec, sender, ntp, () -> events.keyFrameWanted(source), System.nanoTime());
    return new Sending(local, sender);
  }

  /** Sends one frame; dropped before the path is up, so that nobody pays for a lost key frame. */
  void send(Source source, byte[] frame, long timestampTicks, long nowNanos) {
    Sending to = sending.get(source);
    if (to != null && transport.connected()) {
      to.source().send(frame, 0, frame.length, timestampTicks, nowNanos);
    }
  }

  void poll(long nowNanos) {
    if (!closed && endpoint.nextDeadlineNanos() <= nowNanos) {
      endpoint.poll(nowNanos);
    }
  }

  ClientStats stats() {
    List<SentStats> sent = new ArrayList<>();
    sending.forEach(
        (source, to) ->
            sent.add(
                new SentStats(
                    source,
                    to.sender().stats().packets(),
                    to.sender().stats().bytes(),
                    to.sender().stats().retransmitted(),
                    to.sender().stats().keyFrameRequests(),
                    to.sender().roundTripNanos())));
    return new ClientStats(
        transport.stats(),
        offeredNanos,
        connectedNanos,
        sent,
        slots.stream().map(ClientSlot::stats).toList());
  }

  void close(String reason) {
    transport.close(reason);
  }

  @Override
  public void connected() {
    connectedNanos = System.nanoTime();
    for (Source source : sending.keySet()) {
      events.keyFrameWanted(source);
    }
    events.mediaConnected();
  }

  @Override
  public void rtp(byte[] buffer, int offset, int length, long nowNanos) {
    if (length >= 12) {
      ClientSlot slot = slotOf(buffer, offset);
      if (slot != null) {
        slot.before(buffer[offset + 1] & 0x7F, nowNanos);
      }
    }
    endpoint.onRtp(buffer, offset, length, nowNanos);
  }

  private @Nullable ClientSlot slotOf(byte[] buffer, int offset) {
    long ssrc = 0;
    for (int i = 8; i < 12; i++) {
      ssrc = ssrc << 8 | (buffer[offset + i] & 0xFF);
    }
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).ssrc() == ssrc) {
        return slots.get(i);
      }
    }
    return null;
  }

  @Override
  public void rtcp(byte[] buffer, int offset, int length, long nowNanos) {
    endpoint.onRtcp(buffer, offset, length, nowNanos);
  }

  @Override
  public void closed(String reason) {
    closed = true;
    loop.remove(this);
    events.mediaClosed(reason);
  }

  @Override
  public void sendRtp(byte[] buffer, int offset, int length) {
    transport.sendRtp(buffer, offset, length);
  }

  @Override
  public void sendRtcp(byte[] buffer, int offset, int length) {
    transport.sendRtcp(buffer, offset, length);
  }
}
