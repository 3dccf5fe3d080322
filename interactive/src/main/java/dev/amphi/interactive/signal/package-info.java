/**
 * What is said about media and about the room: SDP offer and answer (RFC 8866, RFC 3264, RFC 9429)
 * and the messages of {@code amphi.v1}. Pure: text in, values and text out.
 */
@NullMarked
package dev.amphi.interactive.signal;

import org.jspecify.annotations.NullMarked;
