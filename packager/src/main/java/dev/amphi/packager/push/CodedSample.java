package dev.amphi.packager.push;

/**
 * One access unit on its way out; there are no B-frames, so that it is shown in the order it comes.
 *
 * @param timeNanos on the push's line, see {@link PushLine}
 * @param sync an IDR; false for sound
 * @param payload H.264 with four-byte lengths, or one AAC frame; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CodedSample(CodedFormat format, long timeNanos, boolean sync, byte[] payload) {}
