package dev.amphi.interactive.rtp.codec;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.RtpPacket;

/** Reads which layer of its stream a packet is of. */
public final class LayerReader {
  private final Codec codec;
  private final Vp8Descriptor vp8 = new Vp8Descriptor();
  private int temporal;

  /** A reader for the packets of one stream. */
  public LayerReader(Codec codec) {
    this.codec = codec;
  }

  /** Looks at a packet; what it does not tell counts as 0. */
  public void read(RtpPacket packet) {
    temporal =
        switch (codec) {
          case VP8 ->
              vp8.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength())
                  ? vp8.temporal()
                  : 0;
          case OPUS, H264 -> 0;
        };
  }

  /** The spatial layer, 0 the smallest. */
  public int spatial() {
    return 0;
  }

  /** The temporal layer, 0 the slowest. */
  public int temporal() {
    return temporal;
  }
}
