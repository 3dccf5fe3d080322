package dev.amphi.server.load.hls;

import java.nio.ByteBuffer;

/** Takes the coded pictures of a viewer who decodes; called from one thread at a time. */
public interface SampleListener {
  /**
   * A rendition's coding is known.
   *
   * @param avcConfig the avcC box's content
   */
  void format(ByteBuffer avcConfig);

  /**
   * One coded picture with four-byte lengths.
   *
   * @param mediaNanos when it is shown, on the timeline of PROGRAM-DATE-TIME, since 1970
   */
  void sample(ByteBuffer data, long mediaNanos, boolean sync);

  /** Nothing more comes. */
  void ended();
}
