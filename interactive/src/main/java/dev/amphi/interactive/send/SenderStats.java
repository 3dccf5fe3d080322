package dev.amphi.interactive.send;

/**
 * Counters of one subscription slot since it began.
 *
 * @param redundant packets that carried the frame before, too (RED)
 * @param parity packets of parity (FlexFEC), not among {@code packets}
 */
public record SenderStats(
    long packets,
    long bytes,
    long retransmitted,
    long retransmissionsRefused,
    long redundant,
    long parity,
    long dropped,
    long switches,
    long keyFrameRequests,
    long roundTripNanos,
    int fractionLost) {}
