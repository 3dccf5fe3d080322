package dev.amphi.server.load;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.client.ClientStats;
import dev.amphi.interactive.client.MediaPlan;
import dev.amphi.interactive.client.RtcClient;
import dev.amphi.interactive.client.SentStats;
import dev.amphi.interactive.client.SlotStats;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A synthetic participant on stage, in by the way that browsers take: signalling socket, ICE, DTLS,
 * SRTP. Publishes a source, or receives what everybody publishes.
 */
final class StageParticipant implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final RtcClient client;
  private final Presence presence;
  private final Runnable leaving;
  private final long startNanos = System.nanoTime();

  private StageParticipant(RtcClient client, Presence presence, Runnable leaving) {
    this.client = client;
    this.presence = presence;
    this.leaving = leaving;
  }

  /** Comes on stage with a camera and a microphone; returns when media can flow. */
  static StageParticipant publish(StageLine line, String token, MediaSource source, Codec codec)
      throws LoadFailed, InterruptedException {
    Presence presence = new Presence(source::requestKeyFrame, StageEyes.closed());
    RtcClient client = join(line, token, MediaPlan.sending(codec), presence);
    MediaSource.Sink sink = new Sending(client);
    source.add(sink);
    return new StageParticipant(client, presence, () -> source.remove(sink));
  }

  /**
   * Comes on stage to see and hear; returns when the first whole picture came.
   *
   * @param sources whose sound and picture it can receive
   */
  static StageParticipant subscribe(StageLine line, String token, int sources, StageEyes eyes)
      throws LoadFailed, InterruptedException {
    Presence presence = new Presence(() -> {}, eyes);
    RtcClient client = join(line, token, MediaPlan.receiving(sources, sources), presence);
    boolean seen = false;
    try {
      await(presence.firstPicture, "the first picture");
      seen = true;
    } finally {
      if (!seen) {
        client.close();
      }
    }
    return new StageParticipant(client, presence, () -> {});
  }

  private static RtcClient join(StageLine line, String token, MediaPlan plan, Presence presence)
      throws LoadFailed, InterruptedException {
    return await(line.clients().join(line.entry(token), plan, presence), "a way to the stage");
  }

  private static <T> T await(CompletionStage<T> stage, String what)
      throws LoadFailed, InterruptedException {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new LoadFailed(what + " did not come within " + PATIENCE_SECONDS + " s");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new LoadFailed(cause == null ? e.toString() : String.valueOf(cause.getMessage()));
    }
  }

  /** Hears what happens to one participant, on its client's loop. */
  private static final class Presence implements RtcClient.Listener {
    final CompletableFuture<Boolean> firstPicture = new CompletableFuture<>();
    final CompletableFuture<String> end = new CompletableFuture<>();
    private final Runnable keyFrameWanted;
    private final StageEyes eyes;
    private final Map<String, StageEyes> bySlot = new HashMap<>();

    Presence(Runnable keyFrameWanted, StageEyes eyes) {
      this.keyFrameWanted = keyFrameWanted;
      this.eyes = eyes;
    }

    @Override
    public void keyFrameWanted(Source source) {
      keyFrameWanted.run();
    }

    @Override
    public void frame(String mid, String trackId, Codec codec, EncodedFrame frame) {
      if (codec != Codec.OPUS) {
        firstPicture.complete(true);
        if (eyes.areOpen()) {
          bySlot.computeIfAbsent(mid, slot -> eyes.another()).look(codec, frame);
        }
      }
    }

    @Override
    public void mediaClosed(String reason) {
      end.complete(reason);
      bySlot.values().forEach(StageEyes::close);
      bySlot.clear();
    }

    @Override
    public void closed(String reason) {
      end.complete(reason);
    }
  }

  /** Hands a source's frames to the client. */
  private record Sending(RtcClient client) implements MediaSource.Sink {
    @Override
    public void video(ByteBuffer frame, long timeTicks, boolean keyFrame) {
      client.send(Source.CAMERA, bytes(frame), timeTicks);
    }

    @Override
    public void audio(ByteBuffer packet, long timeTicks) {
      client.send(Source.MICROPHONE, bytes(packet), timeTicks);
    }

    private static byte[] bytes(ByteBuffer from) {
      byte[] bytes = new byte[from.remaining()];
      from.duplicate().get(bytes);
      return bytes;
    }
  }

  /** Says something in the room's chat; what is refused is no harm. */
  void say(String text) {
    var unused = client.chat(text);
  }

  /** Waits so long or until the stay ends, and gives the reason of that or an empty text. */
  String awaitEnd(long millis) throws InterruptedException {
    try {
      return presence.end.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return "";
    } catch (ExecutionException e) {
      return e.toString();
    }
  }

  /** Waits until the stay ends, and gives the reason. */
  String awaitEnd() throws InterruptedException {
    try {
      return presence.end.get();
    } catch (ExecutionException e) {
      return e.toString();
    }
  }

  /** What it sent or received so far. */
  Traffic traffic() {
    ClientStats stats = client.stats().toCompletableFuture().join();
    long packets = 0;
    long bytes = 0;
    long lost = 0;
    for (SentStats sent : stats.sent()) {
      packets += sent.packets();
      bytes += sent.bytes();
    }
    for (SlotStats slot : stats.slots()) {
      packets += slot.packets();
      bytes += slot.bytes();
      lost += slot.lost();
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return new Traffic(packets, lost, !stats.slots().isEmpty(), bytes * 8 / 1e3 / seconds);
  }

  /**
   * Media packets and their rate.
   *
   * @param lossKnown only a receiver counts what is lost
   */
  record Traffic(long packets, long lost, boolean lossKnown, double kbps) {}

  @Override
  public void close() {
    leaving.run();
    client.close();
  }
}
