/** RTP and RTCP as bytes: flyweights, header extensions, unwrapped counters, feedback messages. */
@NullMarked
package dev.amphi.interactive.rtp;

import org.jspecify.annotations.NullMarked;
