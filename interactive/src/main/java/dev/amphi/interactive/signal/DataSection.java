package dev.amphi.interactive.signal;

import java.util.List;

/** The section that data channels share (RFC 8841, RFC 8864). */
final class DataSection {
  /** What both sides use; every browser offers it. */
  static final int SCTP_PORT = 5000;

  /** RFC 8841 §6: the largest message that we take. */
  static final int MAX_MESSAGE_BYTES = 65_536;

  private static final String FORMAT = "webrtc-datachannel";

  private DataSection() {}

  /** Whether this is an offer of data channels as we speak them. */
  static boolean offered(MediaDescription section) {
    return section.media().equals("application")
        && section.protocol().endsWith("/DTLS/SCTP")
        && section.formats().getFirst().equals(FORMAT)
        && !section.rejected()
        && section
            .attributes()
            .first("sctp-port")
            .map(String::strip)
            .orElse("")
            .equals(String.valueOf(SCTP_PORT));
  }

  static Section accepted(MediaDescription section) {
    return new Section(
        section.mid(),
        section.media(),
        section.protocol(),
        FORMAT,
        null,
        true,
        null,
        null,
        AcceptedLines.NONE);
  }

  /** The answer's lines that are of data channels only. */
  static List<String> lines() {
    return List.of("a=sctp-port:" + SCTP_PORT, "a=max-message-size:" + MAX_MESSAGE_BYTES);
  }
}
