package dev.amphi.interactive.client;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import java.util.Map;

/** The payload types and header extension ids that our clients offer. */
final class ClientFormats {
  /** In the order in which the offer lists them. */
  static final Map<HeaderExtension, Integer> EXTENSION_IDS =
      Map.of(
          HeaderExtension.MID, 1,
          HeaderExtension.TRANSPORT_CC, 2,
          HeaderExtension.ABS_SEND_TIME, 3,
          HeaderExtension.AUDIO_LEVEL, 4);

  static final HeaderExtensions EXTENSIONS = HeaderExtensions.of(EXTENSION_IDS);

  private ClientFormats() {}

  static int payloadType(Codec codec) {
    return switch (codec) {
      case OPUS -> 111;
      case VP8 -> 96;
      case H264 -> 98;
      case VP9 -> 100;
      case AV1 -> 102;
    };
  }

  /** -1: sound is not sent again. */
  static int rtxPayloadType(Codec codec) {
    return switch (codec) {
      case OPUS -> -1;
      case VP8 -> 97;
      case H264 -> 99;
      case VP9 -> 101;
      case AV1 -> 103;
    };
  }

  static String rtpmap(Codec codec) {
    return switch (codec) {
      case OPUS -> "opus/48000/2";
      case VP8 -> "VP8/90000";
      case H264 -> "H264/90000";
      case VP9 -> "VP9/90000";
      case AV1 -> "AV1/90000";
    };
  }

  static String parameters(Codec codec) {
    return switch (codec) {
      case OPUS -> "minptime=10;useinbandfec=1";
      case VP8 -> "";
      case VP9 -> "profile-id=0";
      case AV1 -> "profile=0;level-idx=5;tier=0";
      case H264 -> "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f";
    };
  }
}
