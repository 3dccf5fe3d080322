/** DTLS 1.2 for SRTP keys (RFC 6347, RFC 5764) by Bouncy Castle; touches no network. */
@NullMarked
package dev.amphi.interactive.transport.dtls;

import org.jspecify.annotations.NullMarked;
