package dev.amphi.interactive.rtp;

import java.util.Optional;

/** The RTP header extensions (RFC 8285) that Amphi knows, with the URI used in {@code a=extmap}. */
public enum HeaderExtension {
  /** RFC 8843: which media section a packet belongs to. */
  MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
  /** RFC 8852: which encoding of a section. */
  RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
  /** RFC 8852: which encoding a retransmission repairs. */
  REPAIRED_RID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
  /** draft-holmer-rmcat-transport-wide-cc-extensions-01: two bytes, numbering a transport. */
  TRANSPORT_CC("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
  /** Three bytes: departure in seconds, 6.18 fixed point. */
  ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
  /** RFC 6464: one byte, voice flag and level in -dBov. */
  AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
  /** AOM "RTP Payload Format For AV1" 1.0, Appendix A: what a frame is of, and refers to. */
  DEPENDENCY_DESCRIPTOR(
      "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension");

  private final String uri;

  HeaderExtension(String uri) {
    this.uri = uri;
  }

  /** The URI that names the extension in SDP. */
  public String uri() {
    return uri;
  }

  /** The extension with this URI, or empty when Amphi does not know it. */
  public static Optional<HeaderExtension> fromUri(String uri) {
    for (HeaderExtension extension : values()) {
      if (extension.uri.equals(uri)) {
        return Optional.of(extension);
      }
    }
    return Optional.empty();
  }
}
