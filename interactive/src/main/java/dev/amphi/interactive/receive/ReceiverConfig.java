package dev.amphi.interactive.receive;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.HeaderExtensions;

/**
 * One published stream as negotiated: one media section with exactly one codec in the answer.
 *
 * @param mid the section's identification tag; streams are found by it (RFC 8843 §9.2)
 * @param rid which layer of the section's simulcast (RFC 8852), or "" for its only stream
 * @param codec what it carries
 * @param payloadType of the media
 * @param rtxPayloadType of retransmissions (RFC 4588), or {@link #NONE}
 * @param ssrc as announced by {@code a=ssrc}, or {@link #NONE} to learn it from the first packet
 * @param rtxSsrc as announced by {@code a=ssrc-group:FID}, or {@link #NONE} to learn it
 * @param nack whether generic NACK was negotiated
 * @param extensions ids that the publisher uses
 * @param redPayloadType of frames with earlier ones before them (RED, RFC 2198), or {@link #NONE}
 */
public record ReceiverConfig(
    String mid,
    String rid,
    Codec codec,
    int payloadType,
    int rtxPayloadType,
    long ssrc,
    long rtxSsrc,
    boolean nack,
    HeaderExtensions extensions,
    int redPayloadType) {
  /** Not negotiated, not announced. */
  public static final int NONE = -1;

  /** A section with one stream and without RED. */
  public ReceiverConfig(
      String mid,
      Codec codec,
      int payloadType,
      int rtxPayloadType,
      long ssrc,
      long rtxSsrc,
      boolean nack,
      HeaderExtensions extensions) {
    this(mid, "", codec, payloadType, rtxPayloadType, ssrc, rtxSsrc, nack, extensions, NONE);
  }

  /** Whether packets with this payload type carry the stream's own frames. */
  public boolean carries(int type) {
    return type == payloadType || (type == redPayloadType && type != NONE);
  }
}
