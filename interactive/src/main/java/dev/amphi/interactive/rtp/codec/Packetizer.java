package dev.amphi.interactive.rtp.codec;

import dev.amphi.interactive.api.TrackView.Codec;

/** Cuts a frame into RTP payloads. */
public sealed interface Packetizer
    permits Av1Packetizer, Vp9Packetizer, Vp8Packetizer, H264Packetizer, OpusPacketizer {
  /** Largest payload made, so that with all headers a packet stays below 1,280 bytes. */
  int MAX_PAYLOAD = 1200;

  /** Takes the payloads, in order; {@code last} goes into the marker bit of video. */
  @FunctionalInterface
  interface PayloadSink {
    /** The bytes are valid only during the call. */
    void payload(byte[] bytes, int offset, int length, boolean last);
  }

  /** The packetizer of a codec. */
  static Packetizer of(Codec codec) {
    return switch (codec) {
      case VP8 -> new Vp8Packetizer();
      case H264 -> new H264Packetizer();
      case VP9 -> new Vp9Packetizer();
      case AV1 -> new Av1Packetizer();
      case OPUS -> new OpusPacketizer();
    };
  }

  /**
   * Cuts one VP8 or VP9 frame, one Opus packet, one H.264 access unit in Annex B form, or one AV1
   * temporal unit whose OBUs say their sizes.
   */
  void packetize(byte[] frame, int offset, int length, PayloadSink sink);
}
