package dev.amphi.server.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A synthetic participant on stage, in by the way that browsers take: signalling socket, ICE, DTLS,
 * SRTP. Publishes a source, or receives everybody's tracks.
 */
final class StageParticipant implements AutoCloseable {
  private static final String SOUND = "0";
  private static final String PICTURE = "1";
  private static final long PATIENCE_SECONDS = 20;

  private final SignalLink signals;
  private final RoomTracks tracks = new RoomTracks();
  private final Map<String, StageEyes> eyes = new LinkedHashMap<>();
  private final long startNanos = System.nanoTime();
  private @Nullable StagePeer peer;
  private @Nullable MediaSource source;
  private MediaSource.@Nullable Sink sink;

  private StageParticipant(StageLine line) {
    signals = new SignalLink(line.http(), line.origin(), tracks::event);
  }

  /** Comes on stage with a camera and a microphone; returns when media flows. */
  static StageParticipant publish(
      StageLine line, String token, MediaSource source, TrackView.Codec codec)
      throws LoadFailed, InterruptedException {
    return in(line, token, participant -> participant.offerSource(line, source, codec));
  }

  /**
   * Comes on stage to see and hear; returns when the first media came.
   *
   * @param count of tracks that are there, or soon will be
   */
  static StageParticipant subscribe(StageLine line, String token, int count, StageEyes look)
      throws LoadFailed, InterruptedException {
    return in(line, token, participant -> participant.offerSlots(line, count, look));
  }

  private interface Offer {
    void make(StageParticipant participant) throws LoadFailed, InterruptedException;
  }

  private static StageParticipant in(StageLine line, String token, Offer offer)
      throws LoadFailed, InterruptedException {
    StageParticipant participant = new StageParticipant(line);
    boolean in = false;
    try {
      ObjectNode hello = SignalLink.command("hello").put("room", line.room()).put("token", token);
      participant.tracks.welcome(participant.signals.call(hello));
      offer.make(participant);
      in = true;
      return participant;
    } finally {
      if (!in) {
        participant.close();
      }
    }
  }

  private void offerSource(StageLine line, MediaSource from, TrackView.Codec codec)
      throws LoadFailed, InterruptedException {
    List<OfferSection> sections =
        List.of(
            new OfferSection(SOUND, true, TrackView.Codec.OPUS, ssrc(), ssrc()),
            new OfferSection(PICTURE, true, codec, ssrc(), ssrc()));
    StagePeer path = new StagePeer(line, line.loop(), sections, (section, frame) -> {});
    peer = path;
    source = from;
    ObjectNode offer = SignalLink.command("offer").put("sdp", path.offer());
    offer.putObject("publish").put(SOUND, "microphone").put(PICTURE, "camera");
    offer.putObject("subscribe");
    connect(path, signals.call(offer), from::requestKeyFrame, path.connection());
    MediaSource.Sink taking = new Sending(path);
    sink = taking;
    from.add(taking);
  }

  private static long ssrc() {
    return ThreadLocalRandom.current().nextLong(1, 1L << 32);
  }

  private void offerSlots(StageLine line, int count, StageEyes look)
      throws LoadFailed, InterruptedException {
    Map<String, TrackView.Codec> wanted =
        tracks.await(count, TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
    List<OfferSection> sections = new ArrayList<>();
    Map<String, String> subscribe = new LinkedHashMap<>();
    wanted.forEach(
        (track, codec) -> {
          String mid = Integer.toString(sections.size());
          sections.add(new OfferSection(mid, false, codec, 0, 0));
          subscribe.put(mid, track);
          if (codec != TrackView.Codec.OPUS && look.areOpen()) {
            eyes.put(mid, look.another());
          }
        });
    StagePeer path = new StagePeer(line, line.loop(), sections, this::look);
    peer = path;
    ObjectNode offer = SignalLink.command("offer").put("sdp", path.offer());
    offer.putObject("publish");
    ObjectNode slots = offer.putObject("subscribe");
    subscribe.forEach(slots::put);
    connect(path, signals.call(offer), () -> {}, path.media());
  }

  private void look(OfferSection section, EncodedFrame frame) {
    StageEyes open = eyes.get(section.mid());
    if (open != null) {
      open.look(section.codec(), frame);
    }
  }

  private static void connect(
      StagePeer path, JsonNode answer, Runnable keyFrameWanted, CompletableFuture<Void> until)
      throws LoadFailed, InterruptedException {
    AnswerText text = new AnswerText(answer.path("answer").asText());
    path.start(text, keyFrameWanted);
    try {
      path.connection().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      until.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new LoadFailed(
          path.connection().isDone()
              ? "no media came within 20 s"
              : "no path to the node's media port came up within 20 s");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new LoadFailed(cause == null ? e.toString() : String.valueOf(cause.getMessage()));
    }
  }

  /** Hands a source's frames to the peer. */
  private record Sending(StagePeer path) implements MediaSource.Sink {
    @Override
    public void video(ByteBuffer frame, long timeTicks, boolean keyFrame) {
      path.send(PICTURE, bytes(frame), timeTicks);
    }

    @Override
    public void audio(ByteBuffer packet, long timeTicks) {
      path.send(SOUND, bytes(packet), timeTicks);
    }

    private static byte[] bytes(ByteBuffer from) {
      byte[] bytes = new byte[from.remaining()];
      from.duplicate().get(bytes);
      return bytes;
    }
  }

  /** Waits until the node ends it, and gives the reason. */
  String awaitEnd() throws InterruptedException {
    StagePeer path = peer;
    CompletableFuture<String> socket = signals.closed().toCompletableFuture();
    CompletableFuture<?> media = path == null ? socket : path.end();
    try {
      return String.valueOf(CompletableFuture.anyOf(socket, media).get());
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    }
  }

  /** What it sent or received so far. */
  Traffic traffic() {
    StagePeer path = peer;
    if (path == null) {
      return new Traffic(0, 0, false, 0);
    }
    StagePeer.Counts counts = path.counts().join();
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return new Traffic(
        counts.packets(), counts.lost(), counts.receives(), counts.bytes() * 8 / 1e3 / seconds);
  }

  /**
   * Media packets and their rate.
   *
   * @param lossKnown only a receiver counts what is lost
   */
  record Traffic(long packets, long lost, boolean lossKnown, double kbps) {}

  @Override
  public void close() {
    MediaSource from = source;
    MediaSource.Sink taking = sink;
    if (from != null && taking != null) {
      from.remove(taking);
    }
    StagePeer path = peer;
    if (path != null) {
      path.close();
    }
    signals.close();
  }

  /** The name that a codec has in JSON. */
  static TrackView.Codec codec(String wireName) {
    return TrackView.Codec.valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
