package dev.amphi.composer.scene;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Leads the picture from scene to scene; what was wanted last is what is seen in the end. */
final class Motion {
  private final Wordings wordings = new Wordings();
  private @Nullable Transition transition;
  private boolean cuts;

  /**
   * Whether scenes follow each other without a move or a fade, as a machine under load wants it.
   */
  void cuts(boolean wanted) {
    cuts = wanted;
  }

  /** What is to be seen at that instant, when the director wants that scene. */
  Scene at(Scene wanted, long nowNanos) {
    Transition before = transition;
    Transition next;
    boolean cut = before == null || cuts;
    if (before == null || cuts) {
      next = arrived(wanted, nowNanos);
    } else if (wanted.equals(before.to())) {
      next = before;
    } else if (before.to().standsAs(wanted)) {
      next = before.to(wanted);
    } else {
      next = new Transition(before.at(nowNanos), wanted, nowNanos);
    }
    transition = next;
    return wordings.on(next.at(nowNanos), wanted, cut, nowNanos);
  }

  /**
   * Lets nothing that has been taken out go on its way: neither its last picture nor its name.
   *
   * @param unsaid the words that are to be seen in no other tile either
   */
  void forget(Predicate<Tile> gone, Predicate<Label> unsaid) {
    Transition before = transition;
    if (before != null) {
      Set<String> ids = new HashSet<>();
      for (Scene scene : List.of(before.from(), before.to())) {
        scene.tiles().stream().filter(gone).map(Tile::id).forEach(ids::add);
      }
      wordings.forget(ids, unsaid);
      transition =
          new Transition(
              without(before.from(), gone, unsaid),
              without(before.to(), gone, unsaid),
              before.startNanos());
    }
  }

  private static Scene without(Scene scene, Predicate<Tile> gone, Predicate<Label> unsaid) {
    List<Tile> left =
        scene.tiles().stream()
            .filter(gone.negate())
            .map(tile -> tile.labelled(tile.label().filter(unsaid.negate())))
            .toList();
    return new Scene(scene.canvas(), left, scene.moving());
  }

  private static Transition arrived(Scene scene, long nowNanos) {
    return new Transition(scene, scene, nowNanos - Transition.NANOS);
  }
}
