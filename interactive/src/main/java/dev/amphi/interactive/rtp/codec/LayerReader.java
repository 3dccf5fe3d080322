package dev.amphi.interactive.rtp.codec;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.RtpPacket;

/** Reads which layer of its stream a packet is of. */
public final class LayerReader {
  private final Codec codec;
  private final Vp8Descriptor vp8 = new Vp8Descriptor();
  private final Vp9Descriptor vp9 = new Vp9Descriptor();
  private int spatial;
  private int temporal;

  /** A reader for the packets of one stream. */
  public LayerReader(Codec codec) {
    this.codec = codec;
  }

  /** Looks at a packet; what it does not tell counts as 0. */
  public void read(RtpPacket packet) {
    byte[] b = packet.buffer();
    int at = packet.payloadOffset();
    int length = packet.payloadLength();
    spatial = 0;
    temporal = 0;
    switch (codec) {
      case VP8 -> temporal = vp8.wrap(b, at, length) ? vp8.temporal() : 0;
      case VP9 -> {
        if (vp9.wrap(b, at, length)) {
          spatial = vp9.spatial();
          temporal = vp9.temporal();
        }
      }
      case OPUS, H264, AV1 -> {}
    }
  }

  /** The {@link PictureSize} that the packet tells of a spatial layer. */
  public int size(int layer) {
    return codec == Codec.VP9 && layer < vp9.sized() ? vp9.size(layer) : PictureSize.UNKNOWN;
  }

  /** The spatial layer, 0 the smallest. */
  public int spatial() {
    return spatial;
  }

  /** The temporal layer, 0 the slowest. */
  public int temporal() {
    return temporal;
  }
}
