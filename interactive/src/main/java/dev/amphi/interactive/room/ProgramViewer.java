package dev.amphi.interactive.room;

import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.interactive.bandwidth.Allotment;
import dev.amphi.interactive.bandwidth.BandwidthAllocator;
import dev.amphi.interactive.bandwidth.BandwidthEstimator;
import dev.amphi.interactive.bandwidth.Demand;
import dev.amphi.interactive.bandwidth.Demand.Priority;
import dev.amphi.interactive.bandwidth.LayerRate;
import dev.amphi.interactive.pipeline.MediaEndpoint;
import dev.amphi.interactive.send.RtpSender;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who watches the program: which of its renditions the path carries, by the rules of the
 * {@link BandwidthAllocator}; the sound always, and first.
 */
final class ProgramViewer {
  /**
   * The renditions that a viewer may be shown.
   *
   * @param renditions the best first, at least one
   * @param pinned whether it asked for the only one by its name: then it is sent, come what may
   */
  record Choice(List<String> renditions, boolean pinned) {
    /**
     * What of it somebody can be sent who takes H.264 up to that level: the smallest in any case,
     * and what was asked for by its name.
     *
     * @param levels what each rendition needs
     */
    Choice within(int level, ToIntFunction<String> levels) {
      List<String> fitting =
          renditions.stream().filter(name -> levels.applyAsInt(name) <= level).toList();
      return pinned
          ? this
          : new Choice(fitting.isEmpty() ? List.of(renditions.getLast()) : fitting, false);
    }
  }

  /** What is below this part of the cost cannot wait for a key frame: a queue would grow. */
  private static final double DEEP = 0.75;

  private static final long SOUND_ID = 1;
  private static final long PICTURE_ID = 2;

  private final String participantId;
  private final @Nullable RtpSender picture;
  private final @Nullable RtpSender sound;
  private final Choice choice;
  private final BandwidthAllocator allocator = new BandwidthAllocator();

  /** What it hears; null before the first. */
  @Nullable ProgramStream heard;

  private int shown;

  ProgramViewer(
      String participantId, @Nullable RtpSender picture, @Nullable RtpSender sound, Choice choice) {
    this.participantId = participantId;
    this.picture = picture;
    this.sound = sound;
    this.choice = choice;
  }

  String participantId() {
    return participantId;
  }

  @Nullable RtpSender picture() {
    return picture;
  }

  @Nullable RtpSender sound() {
    return sound;
  }

  /** The picture to be sent; null while there is no room for any. */
  @Nullable ProgramStream rendition() {
    return shown == Allotment.PAUSED ? null : ProgramStream.picture(choice.renditions().get(shown));
  }

  /**
   * Decides anew, for a few calls a second. A picture of which the path carries much too little
   * stops at once, with what waits of it; any other goes on until the next one's key frame.
   *
   * @param rates what a stream costs, in bit/s
   */
  void decide(MediaEndpoint endpoint, ToLongFunction<ProgramStream> rates, long nowNanos) {
    List<Demand> demands = new ArrayList<>(2);
    long soundBps = 0;
    if (sound != null && heard != null) {
      soundBps = rates.applyAsLong(heard);
      LayerRate only = new LayerRate(0, 0, soundBps, 0, 0, true);
      demands.add(new Demand(SOUND_ID, Priority.AUDIO, 0, List.of(only)));
    }
    List<LayerRate> layers = layers(rates);
    if (picture != null) {
      demands.add(new Demand(PICTURE_ID, Priority.SPEAKER, 0, layers));
    }
    BandwidthEstimator path = endpoint.bandwidth();
    long availableBps = path.availableBps(nowNanos);
    allocator.restarts(path.restarts());
    List<Allotment> allotments = allocator.allocate(availableBps, demands, nowNanos);
    path.want(allocator.wantedBps());
    path.least(allocator.least());
    if (allocator.doubts()) {
      path.doubt(nowNanos);
    }
    if (picture == null || choice.pinned()) {
      return;
    }
    int last = layers.size() - 1;
    for (Allotment allotment : allotments) {
      if (allotment.id() == PICTURE_ID) {
        int next = allotment.isPaused() ? Allotment.PAUSED : last - allotment.spatial();
        boolean falls = shown != Allotment.PAUSED && (next == Allotment.PAUSED || next > shown);
        if (falls
            && (next == Allotment.PAUSED
                || availableBps - soundBps < DEEP * layers.get(last - shown).bitrateBps())) {
          picture.switchTo(null, nowNanos);
          endpoint.discard(picture);
        }
        shown = next;
      }
    }
  }

  /** From the smallest to the best; none costs more than a better one does. */
  private List<LayerRate> layers(ToLongFunction<ProgramStream> rates) {
    List<LayerRate> layers = new ArrayList<>();
    long dearest = Long.MAX_VALUE;
    int spatial = choice.renditions().size();
    for (String name : choice.renditions()) {
      dearest = Math.min(dearest, rates.applyAsLong(ProgramStream.picture(name)));
      layers.addFirst(new LayerRate(--spatial, 0, dearest, 0, 0, true));
    }
    return layers;
  }
}
