package dev.amphi.interactive.pipeline;

/**
 * What one transport dropped before it reached a stream.
 *
 * @param malformedRtp not RTP
 * @param unknownStream no negotiated stream has its SSRC, or its MID and payload type
 * @param malformedRtcp compounds with a malformed packet
 */
public record EndpointStats(long malformedRtp, long unknownStream, long malformedRtcp) {}
