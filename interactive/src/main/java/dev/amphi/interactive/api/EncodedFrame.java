package dev.amphi.interactive.api;

import java.nio.ByteBuffer;

/**
 * One complete coded picture or audio frame.
 *
 * @param payload one VP8 frame, one Opus packet, or one H.264 access unit in Annex B form; valid
 *     only during the call that hands it over
 * @param timestampTicks RTP timestamp, unwrapped to 64 bits, in units of the codec's clock rate
 * @param arrivalNanos monotonic time at which its last packet arrived
 * @param captureNtpNanos the sender's own wall clock at capture, nanoseconds since 1900, from its
 *     sender reports (RFC 3550 §6.4.1); -1 before the first report
 * @param keyFrame whether decoding can start here; always true for audio
 */
public record EncodedFrame(
    ByteBuffer payload,
    long timestampTicks,
    long arrivalNanos,
    long captureNtpNanos,
    boolean keyFrame) {}
