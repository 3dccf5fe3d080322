package dev.amphi.interactive.transport.port;

/**
 * What the media port counted since it was opened.
 *
 * @param sessions open now; one that restarts counts twice
 * @param strangers datagrams of no session: no such user fragment, no validated address
 * @param oversize datagrams of more than 1,500 bytes
 * @param refusedChecks checks that named a session and were not answered
 * @param unsent packets that the kernel did not take
 * @param connections TCP connections that belong to a session now
 * @param refusedConnections TCP connections that were ended for what they sent, or did not
 * @param droppedByTcp packets that a slow TCP connection had no room for
 */
public record PortStats(
    int sessions,
    long strangers,
    long oversize,
    long refusedChecks,
    long unsent,
    long connections,
    long refusedConnections,
    long droppedByTcp) {}
