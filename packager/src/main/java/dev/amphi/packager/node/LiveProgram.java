package dev.amphi.packager.node;

import dev.amphi.packager.captions.CaptionTrack;
import dev.amphi.packager.captions.Cue;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.TrackFormat;
import dev.amphi.packager.origin.Happening;
import dev.amphi.packager.origin.MediaName;
import dev.amphi.packager.origin.PendingRequests;
import dev.amphi.packager.origin.Position;
import dev.amphi.packager.origin.ProgramWindow;
import dev.amphi.packager.origin.Rendition;
import dev.amphi.packager.segment.OpenSegment;
import dev.amphi.packager.segment.Part;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentListener;
import dev.amphi.packager.segment.SegmentPlan;
import dev.amphi.packager.segment.SegmentWindow;
import dev.amphi.packager.store.SegmentStore;
import dev.amphi.packager.thumbnails.LivePictures;
import dev.amphi.packager.thumbnails.Thumbnail;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the audience can get of one broadcast. Written by the broadcast's caller alone; read by
 * anybody through immutable snapshots. Bytes are put before the list that names them, and waiters
 * are released after it.
 */
public final class LiveProgram implements SegmentListener {
  /** Parts and memory copies stay for so many segments after they were listed last. */
  private static final int PART_GRACE_SEGMENTS = 8;

  /** A segment that leaves the list stays for its own duration and a little (§6.2.2). */
  private static final int LEAVING_SEGMENTS = 3;

  /** In addresses it stands where a rendition does. */
  public static final String PICTURES = LiveThumbnails.PLACE;

  /** Tells players that there is something to read, with the first cue. */
  private static final String CAPTIONED = "dev.amphi.captions";

  private final String roomId;
  private final SegmentPlan plan;
  private final SegmentStore store;
  private final PendingRequests<Waiter> pending;
  private final long heapLimitBytes;
  private final Map<String, List<Bytes>> openPieces = new HashMap<>();

  /** What is listed no more and can still be fetched, the oldest first. */
  private final Queue<String> leaving = new ArrayDeque<>();

  private final CaptionTrack captions = new CaptionTrack();
  private final Happenings happenings = new Happenings();
  private final LiveThumbnails thumbnails;
  private boolean captioned;
  private volatile ProgramWindow window;
  private volatile OptionalLong endedNanos = OptionalLong.empty();
  private volatile boolean suspended;

  LiveProgram(
      String roomId,
      String run,
      SegmentPlan plan,
      SegmentStore store,
      PendingRequests<Waiter> pending,
      long heapLimitBytes) {
    this.roomId = roomId;
    this.plan = plan;
    this.store = store;
    this.pending = pending;
    this.heapLimitBytes = heapLimitBytes;
    this.window = new ProgramWindow(run, List.of());
    this.thumbnails = new LiveThumbnails(store);
  }

  /** What is listed now. */
  public ProgramWindow window() {
    return window;
  }

  public String roomId() {
    return roomId;
  }

  public SegmentPlan plan() {
    return plan;
  }

  public SegmentStore store() {
    return store;
  }

  /** Under which name the store has a file of a rendition. */
  public static String storeName(String renditionId, MediaName name) {
    return renditionId + "/" + name.fileName();
  }

  /** The key of a rendition in the table of waiters; "" for the program as a whole. */
  public String stream(String renditionId) {
    return roomId + "/" + window.run() + "/" + renditionId;
  }

  @Override
  public void formatChanged(
      String renditionId, int initIndex, TrackFormat format, Instant startsAt, Bytes header) {
    store.put(
        storeName(renditionId, new MediaName.Init(initIndex)),
        new SegmentStore.Media(List.of(header)));
    Rendition known = window.rendition(renditionId);
    window =
        window.with(
            known == null
                ? new Rendition(renditionId, format, emptyWindow(renditionId), 0)
                : new Rendition(renditionId, format, known.window(), known.peakBps()));
  }

  @Override
  public void segmentStarted(String renditionId, OpenSegment segment) {
    openPieces.put(renditionId, new ArrayList<>());
    Rendition rendition = rendition(renditionId);
    window = window.with(rendition.with(rendition.window().started(segment)));
    thumbnails.begin(segment.startsAt());
  }

  @Override
  public void partCompleted(String renditionId, Part part) {
    pieces(renditionId).add(part.data());
    store.put(
        storeName(renditionId, new MediaName.SegmentPart(part.msn(), part.index())),
        new SegmentStore.Media(List.of(part.data())));
    Rendition rendition = rendition(renditionId);
    window = window.with(rendition.with(rendition.window().with(part.listing())));
    Rendition lead = window.lead();
    if (lead != null && lead.id().equals(renditionId)) {
      listHappenings();
    }
    publish(renditionId, new Position(part.msn(), part.index()));
  }

  @Override
  public void segmentCompleted(String renditionId, Segment segment) {
    store.put(
        storeName(renditionId, new MediaName.WholeSegment(segment.msn())),
        new SegmentStore.Media(List.copyOf(pieces(renditionId))));
    Rendition rendition = rendition(renditionId);
    int bps = (int) Math.round(segment.sizeBytes() * 8 / segment.duration().seconds());
    window =
        window.with(
            new Rendition(
                renditionId,
                rendition.format(),
                rendition.window().completed(segment),
                segment.duration().seconds() < 1
                    ? rendition.peakBps()
                    : Math.max(rendition.peakBps(), bps)));
    settle(renditionId, segment.msn() - plan.listedPartSegments() - PART_GRACE_SEGMENTS);
    keepWithinLimit();
    listHappenings();
    thumbnails.keepFrom(rendition(renditionId).window().segments().getFirst().startsAt());
    publish(renditionId, Position.whole(segment.msn()));
    publish("", Position.whole(segment.msn()));
  }

  @Override
  public void segmentMissing(String renditionId, Segment gap) {
    Rendition rendition = rendition(renditionId);
    window = window.with(rendition.with(rendition.window().completed(gap)));
    settle(renditionId, gap.msn() - plan.listedPartSegments() - PART_GRACE_SEGMENTS);
    listHappenings();
    publish(renditionId, Position.whole(gap.msn()));
  }

  /** Something happens in the class: listed with the leading rendition's next part. */
  Happening happens(String type, Instant at, String title) {
    return happenings.add(type, at, title);
  }

  private void listHappenings() {
    Rendition lead = window.lead();
    if (lead != null) {
      List<Segment> segments = lead.window().segments();
      Instant from = segments.isEmpty() ? Instant.MIN : segments.getFirst().startsAt();
      window = window.with(happenings.next(window.happenings(), from));
    }
  }

  /** Takes a cue; false when there are too many. */
  boolean caption(Cue cue) {
    Rendition lead = window.lead();
    SegmentWindow listed = lead == null ? null : lead.window();
    boolean taken =
        captions.add(
            cue,
            listed == null || listed.segments().isEmpty() ? null : listed.segments().getLast());
    if (taken && !captioned) {
      captioned = true;
      happenings.add(CAPTIONED, cue.from(), "");
    }
    return taken;
  }

  /** What was said, in cues. */
  public CaptionTrack captions() {
    return captions;
  }

  /** A small picture of what is shown. */
  void thumbnail(Thumbnail picture) {
    thumbnails.add(picture);
  }

  /** The small pictures of what can be watched; null before that begins. */
  public @Nullable LivePictures pictures() {
    return thumbnails.listed();
  }

  /** Under which name the store has one of them. */
  public static String pictureName(long number) {
    return LiveThumbnails.name(number);
  }

  /** Where one of them is, relative to the broadcast's playlists. */
  public String pictureUri(long number) {
    return window.run() + "/" + pictureName(number);
  }

  /** Nothing comes any more: lists get their end, and nobody waits. */
  void end(long nowNanos) {
    for (Rendition rendition : window.renditions()) {
      window = window.with(rendition.with(rendition.window().end()));
    }
    over(nowNanos, Waiter::released);
  }

  /** Nothing comes any more from here, but elsewhere or later: who waits is told to ask again. */
  void suspend(long nowNanos) {
    suspended = true;
    over(nowNanos, Waiter::expired);
  }

  private void over(long nowNanos, Consumer<Waiter> answer) {
    listHappenings();
    endedNanos = OptionalLong.of(nowNanos);
    window.renditions().forEach(r -> pending.ended(stream(r.id())).forEach(answer));
    pending.ended(stream("")).forEach(answer);
  }

  /** Whether this node had to let go of it. */
  public boolean isSuspended() {
    return suspended;
  }

  /** When it ended, empty while it goes on. */
  OptionalLong endedNanos() {
    return endedNanos;
  }

  private void publish(String renditionId, Position position) {
    pending.published(stream(renditionId), position).forEach(Waiter::released);
  }

  /** Old parts are only listed as their segment, and that is asked for by few. */
  private void settle(String renditionId, long msn) {
    Segment old = rendition(renditionId).window().segment(msn);
    if (old != null) {
      for (int part = 0; part < old.parts().size(); part++) {
        store.remove(storeName(renditionId, new MediaName.SegmentPart(msn, part)));
      }
      store.settle(storeName(renditionId, new MediaName.WholeSegment(msn)));
    }
  }

  /** For want of room the oldest segments leave the list, and their bytes a while after. */
  private void keepWithinLimit() {
    while (store.heapBytes() > heapLimitBytes && manySegments()) {
      for (Rendition rendition : window.renditions()) {
        Segment oldest = rendition.window().segments().getFirst();
        window = window.with(rendition.with(rendition.window().withoutOldest()));
        leaving.add(storeName(rendition.id(), new MediaName.WholeSegment(oldest.msn())));
      }
      while (leaving.size() > LEAVING_SEGMENTS * window.renditions().size()) {
        store.remove(leaving.remove());
      }
    }
  }

  /** Discontinuities before a rendition's first segment are counted as the others' are (§6.2.4). */
  private SegmentWindow emptyWindow(String renditionId) {
    SegmentWindow empty = SegmentWindow.empty(renditionId, plan);
    return window.renditions().isEmpty()
        ? empty
        : empty.after(window.renditions().getFirst().window().discontinuities());
  }

  private boolean manySegments() {
    return window.renditions().stream()
        .allMatch(rendition -> rendition.window().segments().size() > 2 * PART_GRACE_SEGMENTS);
  }

  private List<Bytes> pieces(String renditionId) {
    return openPieces.computeIfAbsent(renditionId, key -> new ArrayList<>());
  }

  private Rendition rendition(String renditionId) {
    Rendition rendition = window.rendition(renditionId);
    if (rendition == null) {
      throw new IllegalStateException("rendition " + renditionId + " was not declared");
    }
    return rendition;
  }
}
