package dev.amphi.packager.webm;

import dev.amphi.packager.mp4.Bytes;
import java.time.Instant;

/**
 * What a file says of its only track.
 *
 * @param name for people
 * @param codecPrivate what a decoder needs before the first frame; empty where it needs nothing
 * @param width in pixels, of the largest picture in it; 0 for sound
 * @param height in pixels; 0 for sound
 * @param startsAt wall clock where the file's time is zero
 */
public record WebmTrack(
    TrackCodec codec, String name, Bytes codecPrivate, int width, int height, Instant startsAt) {}
