package dev.amphi.composer.api;

import java.util.Set;

/**
 * How somebody at the desk wants the picture.
 *
 * @param layout one of {@link Composition#LAYOUTS}; an unknown one keeps what there is
 * @param spotlight id of the participant who leads, or "" for nobody
 * @param hidden ids of the participants who are heard but have no tile; their shares are shown
 */
public record Arrangement(String layout, String spotlight, Set<String> hidden) {
  /** So many can be hidden. */
  public static final int MOST_HIDDEN = 64;

  /** With which a class begins: the director chooses, nobody leads, all are seen. */
  public static final Arrangement AUTO = new Arrangement(Composition.AUTO, "", Set.of());

  /** Takes a copy; refuses more than {@link #MOST_HIDDEN}. */
  public Arrangement {
    hidden = Set.copyOf(hidden);
    if (hidden.size() > MOST_HIDDEN) {
      throw new IllegalArgumentException(
          hidden.size() + " participants are to be hidden; at most " + MOST_HIDDEN + " can be");
    }
  }
}
