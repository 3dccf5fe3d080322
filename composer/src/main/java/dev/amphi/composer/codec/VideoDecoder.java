package dev.amphi.composer.codec;

import java.nio.ByteBuffer;

/** Decodes one source's pictures in decode order; for one thread at a time. */
public interface VideoDecoder extends AutoCloseable {
  /** What became of a coded picture. */
  enum Outcome {
    /** It was taken; zero or more pictures came out. */
    DECODED,
    /** It could not be decoded: a key frame is needed before pictures are whole again. */
    BROKEN,
    /** Its picture is larger than this decoder allows, or not 4:2:0 with 8 bits. */
    REFUSED
  }

  /** Takes decoded pictures and owns them from then on. */
  interface Sink {
    /**
     * A picture is there.
     *
     * @param timeTicks the time that was given with the coded picture
     */
    void picture(Picture picture, long timeTicks);
  }

  /** Decodes one complete coded picture; never throws because of what the bytes are. */
  Outcome decode(ByteBuffer coded, long timeTicks, Sink sink);

  @Override
  void close();
}
