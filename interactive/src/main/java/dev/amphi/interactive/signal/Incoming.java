package dev.amphi.interactive.signal;

import dev.amphi.interactive.rtp.HeaderExtensions;

/**
 * What a section brings to the server.
 *
 * @param format the one coding that the answer left over, so that nothing is guessed on arrival
 * @param ssrc the source declared by {@code a=ssrc}, or -1 when packets tell by their MID
 * @param retransmissionSsrc the declared source of its RTX (the second of {@code FID}), or -1
 * @param rid the one simulcast layer that was taken, or empty when the section is not simulcast
 */
public record Incoming(
    PayloadFormat format,
    HeaderExtensions extensions,
    long ssrc,
    long retransmissionSsrc,
    String rid) {
  /** Whether the far side sends the server's feedback numbers (transport-cc). */
  public boolean transportFeedback() {
    return format.feedback().contains("transport-cc");
  }

  /** Whether another negotiation left everything as it is, so that the receiver can go on. */
  public boolean sameAs(Incoming other) {
    return format.equals(other.format)
        && ssrc == other.ssrc
        && retransmissionSsrc == other.retransmissionSsrc
        && rid.equals(other.rid);
  }
}
