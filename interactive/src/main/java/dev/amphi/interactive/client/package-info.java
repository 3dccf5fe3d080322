/**
 * A WebRTC participant in Java, for load, demonstration and tests: the same signalling, SDP, ICE,
 * DTLS and RTP as a browser's, with frames that somebody else coded. Start with {@link
 * dev.amphi.interactive.client.RtcClients}.
 */
@NullMarked
package dev.amphi.interactive.client;

import org.jspecify.annotations.NullMarked;
