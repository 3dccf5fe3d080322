package dev.amphi.server.load.composer;

import dev.amphi.composer.api.SourceSpec;
import java.nio.file.Path;

/**
 * One track of a scene, for this composer as frames and for the others as a file.
 *
 * @param width pixels; 0 for sound
 * @param file IVF or Ogg
 */
record BenchSource(SourceSpec spec, CodedLoop loop, int width, int height, Path file) {
  boolean video() {
    return width > 0;
  }
}
