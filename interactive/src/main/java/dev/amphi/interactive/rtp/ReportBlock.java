package dev.amphi.interactive.rtp;

/**
 * What one receiver saw of one source (RFC 3550 §6.4.1).
 *
 * @param ssrc the source reported on
 * @param fractionLost lost since the last report, in 256ths
 * @param cumulativeLost lost in all; negative when there were duplicates
 * @param extendedHighest highest sequence number, with the cycles in the upper 16 bits
 * @param jitterTicks interarrival jitter in units of the RTP clock
 * @param lastReport middle 32 bits of the last sender report's NTP time; 0 when there was none
 * @param delaySinceLastReport in 65,536ths of a second
 */
public record ReportBlock(
    long ssrc,
    int fractionLost,
    int cumulativeLost,
    long extendedHighest,
    long jitterTicks,
    long lastReport,
    long delaySinceLastReport) {}
