/** Payload formats: VP8, H.264 and Opus, packets to frames and back. */
@NullMarked
package dev.amphi.interactive.rtp.codec;

import org.jspecify.annotations.NullMarked;
