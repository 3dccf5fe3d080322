/** A viewer of Low-Latency HLS (RFC 8216bis) that plays without a screen and counts its stalls. */
@NullMarked
package dev.amphi.server.load.hls;

import org.jspecify.annotations.NullMarked;
