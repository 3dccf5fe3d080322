package dev.amphi.server.load;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.server.load.source.ClockReader;
import dev.amphi.server.load.source.ClockReading;
import java.nio.ByteBuffer;
import java.util.List;

/** Decodes every picture of one source and reads the clocks in some; for one thread at a time. */
final class ClockWatch implements AutoCloseable {
  /** Takes the clocks of one picture. */
  interface Sink {
    /** Clocks that were read; never empty. */
    void clocks(List<ClockReading> clocks, long timeTicks);
  }

  private final VideoDecoder decoder;
  private final int stride;
  private final Sink sink;
  private int pictures;
  private boolean waitsForKey = true;

  /**
   * Takes the decoder over.
   *
   * @param stride reads the clocks of one in so many pictures
   */
  ClockWatch(VideoDecoder decoder, int stride, Sink sink) {
    this.decoder = decoder;
    this.stride = stride;
    this.sink = sink;
  }

  /** Decodes one coded picture; gives false when a key frame is needed to go on. */
  boolean decode(ByteBuffer coded, long timeTicks, boolean keyFrame) {
    if (waitsForKey && !keyFrame) {
      return false;
    }
    waitsForKey = decoder.decode(coded, timeTicks, this::look) == VideoDecoder.Outcome.BROKEN;
    return !waitsForKey;
  }

  private void look(Picture picture, long timeTicks) {
    try (picture) {
      if (pictures++ % stride == 0) {
        List<ClockReading> clocks = ClockReader.read(picture);
        if (!clocks.isEmpty()) {
          sink.clocks(clocks, timeTicks);
        }
      }
    }
  }

  int pictures() {
    return pictures;
  }

  @Override
  public void close() {
    decoder.close();
  }
}
