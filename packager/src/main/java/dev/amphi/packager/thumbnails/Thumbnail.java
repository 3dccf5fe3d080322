package dev.amphi.packager.thumbnails;

import dev.amphi.packager.mp4.Bytes;
import java.time.Instant;

/**
 * A small picture of the program.
 *
 * @param at wall clock of the program
 * @param width pixels, as {@code height}
 * @param jpeg a whole file
 */
public record Thumbnail(Instant at, int width, int height, Bytes jpeg) {}
