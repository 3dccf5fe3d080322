package dev.amphi.server.load;

import dev.amphi.interactive.api.TrackView;

/**
 * One media section of an offer.
 *
 * @param sends whether this side sends in it, else it receives
 * @param codec the one coding that is offered
 * @param ssrc of what this side sends, else 0
 * @param rtxSsrc of its retransmissions, else 0
 */
record OfferSection(String mid, boolean sends, TrackView.Codec codec, long ssrc, long rtxSsrc) {
  boolean video() {
    return codec != TrackView.Codec.OPUS;
  }

  int payloadType() {
    return switch (codec) {
      case OPUS -> 111;
      case VP8 -> 96;
      case H264 -> 102;
    };
  }

  /** Of retransmissions; sound has none. */
  int rtxPayloadType() {
    return video() ? payloadType() + 1 : -1;
  }
}
