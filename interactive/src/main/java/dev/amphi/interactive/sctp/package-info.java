/**
 * SCTP over DTLS (RFC 9260, RFC 8261) and data channels on it (RFC 8831, RFC 8832). Sans-I/O: an
 * association takes packets and the time, and gives packets back when it is polled.
 */
@NullMarked
package dev.amphi.interactive.sctp;

import org.jspecify.annotations.NullMarked;
