package dev.amphi.interactive.pipeline;

import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.NtpClock;

/**
 * What one transport's media path needs to know.
 *
 * @param localSsrc sender of this node's reports and feedback; belongs to no stream
 * @param cname this node's name in RTCP (RFC 7022: short, random, per session)
 * @param ntp this node's wall clock
 * @param extensions ids in the packets that come in (BUNDLE: the same in all sections)
 * @param transportFeedback whether transport-cc was negotiated for what comes in
 * @param paced whether what goes out is held to what the way is estimated to carry
 */
public record EndpointConfig(
    long localSsrc,
    String cname,
    NtpClock ntp,
    HeaderExtensions extensions,
    boolean transportFeedback,
    boolean paced) {
  /** As the other, for an end that sends as it likes. */
  public EndpointConfig(
      long localSsrc,
      String cname,
      NtpClock ntp,
      HeaderExtensions extensions,
      boolean transportFeedback) {
    this(localSsrc, cname, ntp, extensions, transportFeedback, false);
  }
}
