/** SRTP and SRTCP (RFC 3711, RFC 7714) by jitsi-srtp; touches no network. */
@NullMarked
package dev.amphi.interactive.transport.srtp;

import org.jspecify.annotations.NullMarked;
