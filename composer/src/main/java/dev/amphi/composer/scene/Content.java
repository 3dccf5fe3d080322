package dev.amphi.composer.scene;

/** What a tile shows. */
public sealed interface Content {
  /**
   * The pictures of a source.
   *
   * @param contain whole with black bars, or else filling and cropped
   */
  record Video(String sourceId, boolean contain) implements Content {}

  /** Initials on a coloured ground, for a camera that is off; the colour is 0xRRGGBB. */
  record Initials(String text, int colour) implements Content {}

  /**
   * Words over the whole canvas, for when nobody is there.
   *
   * @param countdown "" for none
   */
  record Slate(String title, String line, String countdown) implements Content {
    /** Without a countdown. */
    public Slate(String title, String line) {
      this(title, line, "");
    }
  }

  /** The school's logo, small and see-through; fills its tile, which has its shape. */
  record Mark() implements Content {}

  /** Whether one becomes the other without a fade: the same pictures, or other words. */
  default boolean sameAs(Content other) {
    return switch (this) {
      case Video video -> video.equals(other);
      case Initials initials -> other instanceof Initials;
      case Slate slate -> other instanceof Slate;
      case Mark mark -> other instanceof Mark;
    };
  }
}
