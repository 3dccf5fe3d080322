package dev.amphi.interactive.signal;

/**
 * The identity of one slot: constant while its section lives, whatever track it shows.
 *
 * @param ssrc of the media
 * @param retransmissionSsrc of its RTX
 * @param paritySsrc of its parity packets (FlexFEC)
 * @param cname the canonical name (RFC 3550 §6.5.1), one for all slots that are to be lip-synced
 * @param streamId the media stream that the browser puts the track into (RFC 8830)
 */
public record SlotSources(
    long ssrc, long retransmissionSsrc, long paritySsrc, String cname, String streamId) {}
