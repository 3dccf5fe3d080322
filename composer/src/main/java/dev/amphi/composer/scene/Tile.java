package dev.amphi.composer.scene;

import dev.amphi.composer.layout.Rect;
import java.util.Optional;

/**
 * One content at its place, perhaps with a label.
 *
 * @param id whose it is: the layout's member, so that it is found again in the next scene
 * @param opacity 0 to {@link #OPAQUE}; less than that only while it comes or goes
 */
public record Tile(String id, Rect rect, Content content, Optional<Label> label, int opacity) {
  /** Hides what is below. */
  public static final int OPAQUE = 255;

  /** A tile that is wholly there. */
  public Tile(String id, Rect rect, Content content, Optional<Label> label) {
    this(id, rect, content, label, OPAQUE);
  }

  /** A tile of nobody in particular. */
  public Tile(Rect rect, Content content, Optional<Label> label) {
    this("", rect, content, label, OPAQUE);
  }

  /** The same with other words on it. */
  public Tile labelled(Optional<Label> words) {
    return new Tile(id, rect, content, words, opacity);
  }

  /**
   * Whether it shows the same as another one, wherever the two are and whatever is written on it.
   */
  public boolean shows(Tile other) {
    return id.equals(other.id) && content.sameAs(other.content);
  }
}
