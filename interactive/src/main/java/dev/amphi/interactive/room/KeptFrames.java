package dev.amphi.interactive.room;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a track for whoever keeps them as they came: always of its largest layer that
 * comes, whatever the program shows, on one line of time. While nobody does it needs nothing.
 */
final class KeptFrames {
  private final MediaTrack.FrameSink sink;
  private final FrameTimeline line;
  private @Nullable Encoding from;
  private @Nullable Encoding asked;
  private boolean on;

  KeptFrames(int clockRate, MediaTrack.FrameSink sink) {
    this.line = new FrameTimeline(clockRate);
    this.sink = sink;
  }

  /** Somebody keeps them from now on, or no more. */
  void keep(boolean now) {
    on = now;
    from = null;
    asked = null;
  }

  boolean isOn() {
    return on;
  }

  /** The layer that is wanted. */
  int layer(Encodings all) {
    return all.spatials() - 1;
  }

  /** The stream that is kept, or that a key frame is needed of; null while nobody keeps any. */
  @Nullable Encoding shown(@Nullable Encodings all, long nowNanos) {
    return from != null ? from : wanted(all, nowNanos);
  }

  /** Whether whole frames of a stream are needed. */
  boolean needs(Encoding encoding, @Nullable Encodings all, long nowNanos) {
    return on && (encoding == from || encoding == wanted(all, nowNanos));
  }

  private @Nullable Encoding wanted(@Nullable Encodings all, long nowNanos) {
    if (!on || all == null) {
      return null;
    }
    return from == null ? all.live(layer(all)) : all.next(layer(all), nowNanos);
  }

  /**
   * The stream that a key frame is to be asked of, once: whoever shows it already gets no key frame
   * by itself.
   */
  @Nullable Encoding toAsk(@Nullable Encodings all, long nowNanos) {
    Encoding next = wanted(all, nowNanos);
    if (next == from || next == asked) {
      asked = next == from ? null : asked;
      return null;
    }
    asked = next;
    return next;
  }

  /** A stream began anew. */
  void restarted(Encoding encoding) {
    if (encoding == from) {
      line.restart();
    }
  }

  /** What comes next begins with a key frame. */
  void cut() {
    from = null;
    asked = null;
  }

  /** Takes a frame that may be published; goes over to another layer at a key frame of it. */
  void frame(TrackView view, Encoding encoding, @Nullable Encodings all, EncodedFrame frame) {
    if (!on) {
      return;
    }
    if (encoding != from) {
      if (!frame.keyFrame() || encoding != wanted(all, frame.arrivalNanos())) {
        return;
      }
      from = encoding;
    }
    sink.frame(view, line.place(encoding, frame));
  }
}
