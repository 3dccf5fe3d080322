package dev.amphi.composer.scene;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Leads the words on all tiles, each to what was wanted last. */
final class Wordings {
  private Map<String, Wording> known = new HashMap<>();

  /**
   * Writes on the tiles what is to be seen at that instant.
   *
   * @param shown where the tiles are then
   * @param wanted where they go, with the words that are wanted
   * @param cut whether words change at once
   */
  Scene on(Scene shown, Scene wanted, boolean cut, long nowNanos) {
    Map<String, Wording> next = new HashMap<>();
    for (Tile tile : wanted.tiles()) {
      if (!tile.id().isEmpty()) {
        next.put(tile.id(), next(tile, cut, nowNanos));
      }
    }
    List<Tile> tiles = new ArrayList<>();
    for (Tile tile : shown.tiles()) {
      Wording wording = next.get(tile.id());
      if (wording == null && known.containsKey(tile.id())) { // it goes, and its words with it
        wording = known.get(tile.id());
        next.put(tile.id(), wording);
      }
      Optional<Label> words = wording == null ? tile.label() : wording.at(nowNanos);
      tiles.add(words.equals(tile.label()) ? tile : tile.labelled(words));
    }
    known = next;
    return tiles.equals(shown.tiles()) ? shown : new Scene(shown.canvas(), tiles, shown.moving());
  }

  private Wording next(Tile tile, boolean cut, long nowNanos) {
    Wording before = known.get(tile.id());
    if (cut) {
      return Wording.still(tile.label());
    }
    return before == null
        ? Wording.fresh(tile.label(), nowNanos)
        : before.towards(tile.label(), nowNanos);
  }

  /** Lets nothing go on its way that must not be seen any more. */
  void forget(Set<String> tileIds, Predicate<Label> unsaid) {
    known.keySet().removeAll(tileIds);
    known.replaceAll((id, wording) -> wording.without(unsaid));
  }
}
