package dev.amphi.interactive.room;

import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.bandwidth.Allotment;
import dev.amphi.interactive.bandwidth.BandwidthAllocator;
import dev.amphi.interactive.bandwidth.Demand;
import dev.amphi.interactive.bandwidth.Demand.Priority;
import dev.amphi.interactive.bandwidth.LayerRate;
import dev.amphi.interactive.pipeline.MediaEndpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shares what one peer connection can carry among its slots. */
final class LinkShare {
  /** A slot that got something else than before. */
  record Change(String mid, int layer, boolean paused) {}

  private static final long UNMEASURED_SOUND_BPS = 40_000;

  private final BandwidthAllocator allocator = new BandwidthAllocator();
  private final Map<Long, Allotment> current = new HashMap<>();
  private long pauses;

  /** Decides anew, tells the slots, and says what changed. */
  List<Change> decide(
      Collection<Slot> slots, MediaEndpoint endpoint, String speaker, long nowNanos) {
    List<Demand> demands = new ArrayList<>();
    Map<Long, Slot> byId = new HashMap<>();
    for (Slot slot : slots) {
      boolean silent = wanted(slot) && slot.silent();
      List<LayerRate> layers = wanted(slot) && !silent ? layers(slot, nowNanos) : List.of();
      if (silent) {
        begin(slot, nowNanos);
      } else if (!layers.isEmpty()) {
        long id = slot.sender().ssrc();
        byId.put(id, slot);
        demands.add(new Demand(id, priority(slot, speaker), slot.viewHeight(), layers));
      } else if (slot.paused()) {
        slot.target(Encodings.ALL, Encodings.ALL, nowNanos);
      }
    }
    allocator.restarts(endpoint.bandwidth().restarts());
    List<Allotment> decided =
        allocator.allocate(endpoint.bandwidth().availableBps(nowNanos), demands, nowNanos);
    if (!demands.isEmpty()) {
      // Slots that show no track are not asked about here: they must not keep the path from
      // probing.
      endpoint.bandwidth().want(allocator.wantedBps());
    }
    endpoint.bandwidth().least(allocator.least());
    if (allocator.doubts()) {
      endpoint.bandwidth().doubt(nowNanos);
    }
    List<Change> changes = new ArrayList<>();
    for (Allotment allotment : decided) {
      Slot slot = byId.get(allotment.id());
      if (slot != null && slot.kind() == Kind.VIDEO) {
        apply(allotment, slot, changes, nowNanos);
      }
    }
    current.keySet().retainAll(byId.keySet());
    return changes;
  }

  /** Nothing has come that could be judged: the smallest picture may begin by itself. */
  private static void begin(Slot slot, long nowNanos) {
    if (slot.limit() != 0) {
      slot.target(0, Encodings.ALL, nowNanos);
    }
  }

  private void apply(Allotment allotment, Slot slot, List<Change> changes, long nowNanos) {
    Allotment before = current.put(allotment.id(), allotment);
    if (allotment.equals(before)) {
      return;
    }
    slot.target(allotment.spatial(), allotment.temporal(), nowNanos);
    if (allotment.isPaused()) {
      pauses++;
    }
    if (before == null ? allotment.isPaused() : allotment.spatial() != before.spatial()) {
      changes.add(new Change(slot.mid(), allotment.spatial(), allotment.isPaused()));
    }
  }

  private static boolean wanted(Slot slot) {
    MediaTrack track = slot.track();
    return track != null && !slot.hidden() && !slot.detached() && !track.view().muted();
  }

  private static List<LayerRate> layers(Slot slot, long nowNanos) {
    List<LayerRate> layers = slot.layers(nowNanos);
    if (slot.kind() == Kind.VIDEO) {
      return layers;
    }
    long measured = layers.isEmpty() ? 0 : layers.getLast().bitrateBps();
    return List.of(new LayerRate(0, 0, measured > 0 ? measured : UNMEASURED_SOUND_BPS, 0, 0, true));
  }

  private static Priority priority(Slot slot, String speaker) {
    MediaTrack track = slot.track();
    if (slot.kind() == Kind.AUDIO || track == null) {
      return Priority.AUDIO;
    }
    if (track.view().source() == Source.SCREEN) {
      return Priority.SCREEN;
    }
    return track.view().participantId().equals(speaker) ? Priority.SPEAKER : Priority.OTHER;
  }

  /** How often a slot was paused for lack of bandwidth. */
  long pauses() {
    return pauses;
  }

  /** Slots that show nothing for lack of bandwidth. */
  int paused() {
    return allocator.paused();
  }
}
