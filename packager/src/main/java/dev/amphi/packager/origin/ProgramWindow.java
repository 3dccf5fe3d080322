package dev.amphi.packager.origin;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All renditions of a broadcast at one instant, in the order they were declared; a value.
 *
 * @param happenings what happens in the class and is listed, in order
 * @param run names this broadcast among all of its room, so that its URLs are never used twice
 */
public record ProgramWindow(String run, List<Rendition> renditions, List<Happening> happenings) {
  /** One in which nothing happened yet. */
  public ProgramWindow(String run, List<Rendition> renditions) {
    this(run, renditions, List.of());
  }

  /** The rendition at whose pictures all others are cut; null before there is any. */
  public @Nullable Rendition lead() {
    for (Rendition rendition : renditions) {
      if (rendition.format().video()) {
        return rendition;
      }
    }
    return renditions.isEmpty() ? null : renditions.getFirst();
  }

  /** The rendition with this id, if it was declared. */
  public @Nullable Rendition rendition(String id) {
    for (Rendition rendition : renditions) {
      if (rendition.id().equals(id)) {
        return rendition;
      }
    }
    return null;
  }

  /** The same with one rendition added or replaced. */
  public ProgramWindow with(Rendition changed) {
    List<Rendition> all = new ArrayList<>(renditions);
    all.replaceAll(rendition -> rendition.id().equals(changed.id()) ? changed : rendition);
    if (rendition(changed.id()) == null) {
      all.add(changed);
    }
    return new ProgramWindow(run, List.copyOf(all), happenings);
  }

  /** The same with other things that happen. */
  public ProgramWindow with(List<Happening> listed) {
    return new ProgramWindow(run, renditions, listed);
  }

  /** Whether a player can start: every rendition has a complete segment. */
  public boolean playable() {
    return !renditions.isEmpty()
        && renditions.stream().noneMatch(rendition -> rendition.window().segments().isEmpty());
  }
}
