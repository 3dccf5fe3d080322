package dev.amphi.interactive.send;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.HeaderExtensions;
import java.util.Map;

/**
 * One subscription slot as negotiated: one media section towards the subscriber.
 *
 * @param mid the section's identification tag, sent with each packet
 * @param ssrc what the subscriber sees, whatever the source's is
 * @param rtxSsrc of retransmissions (RFC 4588)
 * @param payloadTypes what the section can carry; a source with another codec stays silent
 * @param nack whether generic NACK was negotiated: without it no history is kept
 * @param extensions ids that the subscriber expects
 * @param parity where parity packets go (FlexFEC), or {@link Parity#NONE}
 */
public record SenderConfig(
    String mid,
    long ssrc,
    long rtxSsrc,
    Map<Codec, PayloadTypes> payloadTypes,
    boolean nack,
    HeaderExtensions extensions,
    Parity parity) {
  /**
   * The payload types of one codec.
   *
   * @param media of the media
   * @param rtx of its retransmissions, or {@link #NONE}
   * @param red of frames with earlier ones before them (RFC 2198), or {@link #NONE}
   */
  public record PayloadTypes(int media, int rtx, int red) {
    /** Without RED. */
    public PayloadTypes(int media, int rtx) {
      this(media, rtx, SenderConfig.NONE);
    }
  }

  /** The stream of a slot's parity packets: its SSRC and payload type. */
  public record Parity(long ssrc, int payloadType) {
    /** Not negotiated. */
    public static final Parity NONE = new Parity(SenderConfig.NONE, SenderConfig.NONE);
  }

  /** Not negotiated. */
  public static final int NONE = -1;

  /** Without parity. */
  public SenderConfig(
      String mid,
      long ssrc,
      long rtxSsrc,
      Map<Codec, PayloadTypes> payloadTypes,
      boolean nack,
      HeaderExtensions extensions) {
    this(mid, ssrc, rtxSsrc, payloadTypes, nack, extensions, Parity.NONE);
  }

  public SenderConfig {
    payloadTypes = Map.copyOf(payloadTypes);
  }
}
