package dev.amphi.interactive.signal;

import dev.amphi.interactive.rtp.HeaderExtensions;
import java.util.List;

/**
 * What a section brings to the server.
 *
 * @param format the one coding that the answer left over, so that nothing is guessed on arrival
 * @param ssrc the source declared by {@code a=ssrc}, or -1 when packets tell by their MID
 * @param retransmissionSsrc the declared source of its RTX (the second of {@code FID}), or -1
 * @param rids the layers of a simulcast by their RID, in the offer's order; empty when there is one
 *     stream only
 */
public record Incoming(
    PayloadFormat format,
    HeaderExtensions extensions,
    long ssrc,
    long retransmissionSsrc,
    List<String> rids) {
  /** More layers than this are not taken. */
  public static final int MAX_LAYERS = 3;

  public Incoming {
    rids = List.copyOf(rids);
  }

  /** Whether the far side sends the server's feedback numbers (transport-cc). */
  public boolean transportFeedback() {
    return format.feedback().contains("transport-cc");
  }

  /** Whether another negotiation left everything as it is, so that the receiver can go on. */
  public boolean sameAs(Incoming other) {
    return format.equals(other.format)
        && ssrc == other.ssrc
        && retransmissionSsrc == other.retransmissionSsrc
        && rids.equals(other.rids);
  }
}
