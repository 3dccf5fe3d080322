package dev.amphi.interactive.api;

import java.nio.ByteBuffer;

/**
 * One coded frame of a room's program.
 *
 * @param epoch rises each time the program's clock starts again from zero; then it is another
 *     source, whose first picture is a key frame
 * @param payload one H.264 access unit in Annex B form with its parameter sets before each IDR, or
 *     one Opus packet; valid only during the call that hands it over
 * @param timestampTicks from the program's time zero, 90,000 or 48,000 a second
 * @param ntpNanos this machine's wall clock at that time, nanoseconds since 1900; the same line for
 *     picture and sound, so that they stay together
 * @param keyFrame whether decoding can start here; always true for sound
 */
public record ProgramFrame(
    ProgramStream stream,
    int epoch,
    ByteBuffer payload,
    long timestampTicks,
    long ntpNanos,
    boolean keyFrame) {}
