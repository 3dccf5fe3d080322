package dev.amphi.interactive.signal;

/**
 * A client's message with its numbers.
 *
 * @param n the client's own counter, from 1
 * @param ack the highest number received from the server, 0 when none
 */
public record ClientEnvelope(long n, long ack, ClientMessage message) {}
