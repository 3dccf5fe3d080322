package dev.amphi.packager.recording;

import dev.amphi.packager.api.RecordingRefused;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.vault.Shipped;
import dev.amphi.packager.vault.Vault;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which recordings there are, what is said of each and where it is. Thread-safe. */
final class RecordingShelf {
  /**
   * What is on the disk of a recording.
   *
   * @param at when it began
   */
  record Kept(
      RecordingFolder folder, Instant at, boolean held, boolean encrypted, RecordingLabel label) {
    Kept withHeld(boolean now) {
      return new Kept(folder, at, now, encrypted, label);
    }

    Kept withLabel(RecordingLabel now) {
      return new Kept(folder, at, held, encrypted, now);
    }
  }

  private final Retention retention;
  private final Map<String, TreeMap<String, RecordingView>> views = new HashMap<>();
  private final Map<String, Kept> kept = new HashMap<>();
  private final Set<String> busy = new HashSet<>();
  private final Map<String, TreeMap<String, RecordingView.Composition>> compositions =
      new HashMap<>();

  RecordingShelf(Retention retention) {
    this.retention = retention;
  }

  /** Reads the disk before it takes the lock, for which event loops wait. */
  void keep(String roomId, RecordingFolder folder, Instant at) {
    if (kept(roomId, folder.id()).isPresent()) {
      return;
    }
    Kept found =
        new Kept(
            folder,
            at,
            Files.exists(folder.hold()),
            Files.exists(folder.key()),
            RecordingLabel.of(folder));
    synchronized (this) {
      kept.putIfAbsent(key(roomId, folder.id()), found);
    }
  }

  synchronized void labelled(String roomId, String id, RecordingLabel now) {
    kept.computeIfPresent(key(roomId, id), (key, before) -> before.withLabel(now));
  }

  synchronized void held(String roomId, String id, boolean now) {
    kept.computeIfPresent(key(roomId, id), (key, before) -> before.withHeld(now));
  }

  /** Remembers what is said from now on, and tells what was said before. */
  synchronized @Nullable RecordingView say(RecordingView view) {
    return views.computeIfAbsent(view.roomId(), id -> new TreeMap<>()).put(view.id(), view);
  }

  /** Every recording of a room, the oldest first. */
  synchronized List<RecordingView> views(String roomId) {
    TreeMap<String, RecordingView> own = views.get(roomId);
    return own == null ? List.of() : own.values().stream().map(this::whole).toList();
  }

  synchronized List<RecordingView> views() {
    List<RecordingView> all = new ArrayList<>();
    views.keySet().forEach(roomId -> all.addAll(views(roomId)));
    return all;
  }

  synchronized Optional<RecordingView> view(String roomId, String id) {
    TreeMap<String, RecordingView> own = views.get(roomId);
    return Optional.ofNullable(own == null ? null : own.get(id)).map(this::whole);
  }

  synchronized Optional<Kept> kept(String roomId, String id) {
    return Optional.ofNullable(kept.get(key(roomId, id)));
  }

  /** The same, refusing what there is not. */
  Kept require(String roomId, String id) throws RecordingRefused {
    Optional<Kept> here = kept(roomId, id);
    if (here.isEmpty()) {
      throw new RecordingRefused(
          RecordingRefused.Reason.UNKNOWN,
          "The room '" + roomId + "' has no recording '" + id + "': see its recordings.");
    }
    return here.get();
  }

  /** The folder of one that is ready. */
  Optional<RecordingFolder> ready(String roomId, String id) {
    return view(roomId, id)
        .filter(view -> view.state().equals(RecordingState.READY))
        .flatMap(view -> kept(roomId, id))
        .map(Kept::folder);
  }

  /** Something of one changed that its second home should have, where it is over. */
  void settleIfOver(String roomId, String id) {
    view(roomId, id)
        .filter(RecordingState::isOver)
        .flatMap(view -> kept(roomId, id))
        .ifPresent(here -> here.folder().settle());
  }

  /** Refuses to work on one at which somebody works. */
  static RecordingRefused beingWorkedOn(String id) {
    return new RecordingRefused(
        RecordingRefused.Reason.NOT_OVER,
        "The recording '" + id + "' is being worked on: wait until that is done.");
  }

  /** Says how it is with what is composed again of one. */
  synchronized void composition(
      String roomId, String id, TrackComposer.Show show, RecordingView.Composition now) {
    if (kept.containsKey(key(roomId, id))) {
      compositions
          .computeIfAbsent(key(roomId, id), any -> new TreeMap<>())
          .put(show.wireName(), now);
    }
  }

  /** That is not there any more. */
  synchronized void uncomposed(String roomId, String id, TrackComposer.Show show) {
    TreeMap<String, RecordingView.Composition> own = compositions.get(key(roomId, id));
    if (own != null) {
      own.remove(show.wireName());
    }
  }

  synchronized Optional<RecordingView.Composition> composition(
      String roomId, String id, TrackComposer.Show show) {
    TreeMap<String, RecordingView.Composition> own = compositions.get(key(roomId, id));
    return Optional.ofNullable(own == null ? null : own.get(show.wireName()));
  }

  synchronized void forget(String roomId, String id) {
    kept.remove(key(roomId, id));
    compositions.remove(key(roomId, id));
    retention.forget(key(roomId, id));
    TreeMap<String, RecordingView> own = views.get(roomId);
    if (own != null) {
      own.remove(id);
    }
  }

  /** Says that a part is being cut out of it, or no more; false when that is so already. */
  synchronized boolean busy(String roomId, String id, boolean now) {
    return now ? busy.add(key(roomId, id)) : busy.remove(key(roomId, id));
  }

  synchronized boolean isBusy(String roomId, String id) {
    return busy.contains(key(roomId, id));
  }

  /** Whether its time is over and nothing holds it. */
  synchronized boolean isDue(RecordingView view, Instant now, long nowNanos) {
    Kept here = kept.get(key(view.roomId(), view.id()));
    return here != null
        && retention.isDue(key(view.roomId(), view.id()), ended(here, view), now, nowNanos)
        && !here.held();
  }

  private RecordingView whole(RecordingView view) {
    Kept here = kept.get(key(view.roomId(), view.id()));
    if (here == null) {
      return view;
    }
    boolean over = RecordingState.isOver(view);
    Vault vault = here.folder().vault();
    RecordingView.Stored stored = null;
    if (vault != null) {
      Shipped shipped = vault.state(here.folder().path());
      stored = new RecordingView.Stored(shipped.state(), shipped.detail());
    }
    Instant expires = over ? retention.expiresAt(ended(here, view)).orElse(null) : null;
    TreeMap<String, RecordingView.Composition> made =
        compositions.get(key(view.roomId(), view.id()));
    RecordingView composed = made == null ? view : view.composed(List.copyOf(made.values()));
    return composed.kept(
        new RecordingView.Kept(
            here.at(),
            here.held(),
            here.encrypted(),
            expires,
            stored,
            here.label().title(),
            here.label().published()));
  }

  private static Instant ended(Kept here, RecordingView view) {
    return here.at().plus(Duration.ofMillis((long) (view.durationS() * 1000)));
  }

  private static String key(String roomId, String id) {
    return roomId + "/" + id;
  }
}
