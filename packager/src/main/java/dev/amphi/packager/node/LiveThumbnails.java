package dev.amphi.packager.node;

import dev.amphi.packager.origin.MediaName;
import dev.amphi.packager.store.SegmentStore;
import dev.amphi.packager.thumbnails.LivePictures;
import dev.amphi.packager.thumbnails.Thumbnail;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The small pictures of one broadcast, as long as what they show can be watched. Written by the
 * broadcast's caller alone; read by anybody through immutable snapshots.
 */
final class LiveThumbnails {
  /** In addresses it stands where a rendition does. */
  static final String PLACE = "thumbnails";

  /** The latest minute is asked for most. */
  private static final int NEAR = 12;

  /** So many can be fetched still after they were listed last. */
  private static final int LEAVING = 12;

  private final SegmentStore store;
  private final Queue<String> leaving = new ArrayDeque<>();
  private volatile @Nullable LivePictures pictures;

  LiveThumbnails(SegmentStore store) {
    this.store = store;
  }

  /** The broadcast's first segment begins: what is from before it was for nobody's eyes. */
  void begin(Instant at) {
    if (pictures == null) {
      pictures = LivePictures.since(at);
    }
  }

  /** What is listed now; null before the broadcast begins. */
  @Nullable LivePictures listed() {
    return pictures;
  }

  void add(Thumbnail picture) {
    LivePictures now = pictures;
    if (now == null || !now.takes(picture.at())) {
      return;
    }
    store.put(name(now.nextNumber()), new SegmentStore.Media(List.of(picture.jpeg())));
    pictures = now.plus(picture);
    if (now.nextNumber() >= NEAR) {
      store.settle(name(now.nextNumber() - NEAR));
    }
  }

  /** Nothing before that instant can be watched any more. */
  void keepFrom(Instant first) {
    LivePictures before = pictures;
    if (before == null) {
      return;
    }
    LivePictures now = before.from(first);
    pictures = now;
    for (int i = 0; i < before.listed().size() - now.listed().size(); i++) {
      leaving.add(name(before.listed().get(i).number()));
    }
    while (leaving.size() > LEAVING) {
      store.remove(leaving.remove());
    }
  }

  static String name(long number) {
    return LiveProgram.storeName(PLACE, new MediaName.Picture(number));
  }
}
