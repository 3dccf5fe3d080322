package dev.amphi.interactive.api;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What shall be otherwise in the program's picture; what is not said stays as it is, so that of two
 * changes that follow each other quickly, or that two people make, none takes the other back.
 *
 * @param layout its wire name
 * @param spotlight who leads, or "" for nobody
 * @param hidden the ids of all who have no tile
 * @param hide ids of some more of them
 * @param show ids of those who have one again
 */
public record PictureChange(
    Optional<String> layout,
    Optional<String> spotlight,
    Optional<Set<String>> hidden,
    Set<String> hide,
    Set<String> show) {
  /** Takes copies. */
  public PictureChange {
    hidden = hidden.map(Set::copyOf);
    hide = Set.copyOf(hide);
    show = Set.copyOf(show);
  }

  /** A layout, and who leads. */
  public static PictureChange layout(String layout, Optional<String> spotlight) {
    return new PictureChange(Optional.of(layout), spotlight, Optional.empty(), Set.of(), Set.of());
  }

  /** Whether it says nothing at all. */
  public boolean isEmpty() {
    return layout.isEmpty()
        && spotlight.isEmpty()
        && hidden.isEmpty()
        && hide.isEmpty()
        && show.isEmpty();
  }

  /** Who has no tile after it, of those who had none before. */
  public Set<String> unseen(Set<String> before) {
    Set<String> unseen = new HashSet<>(hidden.orElse(before));
    unseen.addAll(hide);
    unseen.removeAll(show);
    return unseen;
  }
}
