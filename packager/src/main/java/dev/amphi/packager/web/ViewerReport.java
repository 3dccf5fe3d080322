package dev.amphi.packager.web;

/**
 * What a player says of itself with a request; it may be a lie, or of another viewer behind the
 * same cache.
 *
 * @param bufferMs what it has still to play, 0 to ten minutes; -1 when it does not say
 * @param throughputBps what it has measured, 0 to 10 Gbit/s; -1 when it does not say
 * @param starved whether it had nothing more to play since its last request
 */
public record ViewerReport(int bufferMs, long throughputBps, boolean starved) {}
