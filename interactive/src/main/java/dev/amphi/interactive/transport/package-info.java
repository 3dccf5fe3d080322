/**
 * The network path to a participant: ICE (ice4j), DTLS (Bouncy Castle) and SRTP (jitsi-srtp) on one
 * UDP port for everybody. Others use {@link dev.amphi.interactive.transport.TransportFactory} and
 * what it hands out.
 */
@NullMarked
package dev.amphi.interactive.transport;

import org.jspecify.annotations.NullMarked;
