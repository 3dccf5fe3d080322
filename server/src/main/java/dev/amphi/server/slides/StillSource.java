package dev.amphi.server.slides;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.SourceSpec;
import java.nio.ByteBuffer;

/** A share that stands still, and whether the composition has it. */
final class StillSource {
  private enum Place {
    OUT,
    RESTING,
    IN
  }

  private final String id;
  private final String name;
  private Place place = Place.OUT;

  StillSource(String id, String name) {
    this.id = id;
    this.name = name;
  }

  /** There is another composition, which knows nothing yet. */
  void reset() {
    place = Place.OUT;
  }

  boolean isIn() {
    return place == Place.IN;
  }

  /**
   * Brings it in or takes it out.
   *
   * @param hidden whether it is kept out only for as long as everything is
   * @return whether it has just come in, and its picture has to follow
   */
  boolean arrange(Composition running, boolean there, boolean hidden) {
    Place before = place;
    place = !there ? Place.OUT : hidden ? Place.RESTING : Place.IN;
    if (place == before) {
      return false;
    }
    switch (place) {
      case IN ->
          running.putSource(
              new SourceSpec(id, id, name, "", SourceSpec.Kind.SCREEN, SourceSpec.Codec.STILL));
      case RESTING -> running.restSource(id);
      case OUT -> running.removeSource(id);
    }
    return isIn();
  }

  /**
   * Shows a picture.
   *
   * @param page what it is a picture of
   * @param packed as the composition takes it
   */
  void show(Composition running, String page, int width, int height, byte[] packed) {
    running.still(id, page, width, height, ByteBuffer.wrap(packed));
  }
}
