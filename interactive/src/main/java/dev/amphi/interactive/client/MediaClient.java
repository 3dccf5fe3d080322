package dev.amphi.interactive.client;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import java.util.concurrent.CompletionStage;

/** A WebRTC client in Java, however it signals. Thread-safe. */
public interface MediaClient extends AutoCloseable {
  /**
   * Sends one frame; dropped while the path is not up. Video starts with a key frame.
   *
   * @param frame one VP8 frame, one Opus packet or one H.264 access unit in Annex B form with its
   *     parameter sets before each IDR; not to be changed afterwards
   * @param timestampTicks units of the codec's clock rate: 48,000 or 90,000 a second
   */
  void send(Source source, byte[] frame, long timestampTicks);

  /** The counters as they are now. */
  CompletionStage<ClientStats> stats();

  /** Leaves and frees everything; {@link Listener#closed} is the last that is heard. */
  @Override
  void close();

  /** Hears what happens, on the client's loop. */
  interface Listener {
    /** Media can flow. */
    default void connected() {}

    /** Somebody cannot decode what comes from this source: the next frame should be a key frame. */
    default void keyFrameWanted(Source source) {}

    /** A whole frame came in a slot; its payload is valid during the call only. */
    default void frame(String mid, String trackId, Codec codec, EncodedFrame frame) {}

    /** The peer connection is over; the client may go on without. */
    default void mediaClosed(String reason) {}

    /** The client is over. */
    default void closed(String reason) {}
  }
}
