package dev.amphi.packager.thumbnails;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The small pictures of a broadcast that can be asked for; a value, every change makes a new one.
 *
 * @param begunAt wall clock at which the times of the track are zero
 * @param listed the oldest first
 * @param nextNumber of the one that comes next; a number is given once
 */
public record LivePictures(Instant begunAt, List<Listed> listed, long nextNumber) {
  /** How long the newest stands when nothing says when the next one comes. */
  private static final long NEWEST_MS = 5_000;

  /** A picture of the track. */
  public record Listed(long number, Instant at, int width, int height) {}

  public LivePictures {
    listed = List.copyOf(listed);
  }

  /** Before there is any. */
  public static LivePictures since(Instant begunAt) {
    return new LivePictures(begunAt, List.of(), 0);
  }

  /** Whether a picture may come next: none from before the broadcast, or before the last one. */
  public boolean takes(Instant at) {
    return !at.isBefore(begunAt) && (listed.isEmpty() || at.isAfter(listed.getLast().at()));
  }

  /** One more. */
  public LivePictures plus(Thumbnail picture) {
    List<Listed> more = new ArrayList<>(listed.size() + 1);
    more.addAll(listed);
    more.add(new Listed(nextNumber, picture.at(), picture.width(), picture.height()));
    return new LivePictures(begunAt, more, nextNumber + 1);
  }

  /** Without those that show nothing from an instant on; one that shows it still stays. */
  public LivePictures from(Instant first) {
    int gone = 0;
    while (gone + 1 < listed.size() && !listed.get(gone + 1).at().isAfter(first)) {
      gone++;
    }
    return gone == 0
        ? this
        : new LivePictures(begunAt, listed.subList(gone, listed.size()), nextNumber);
  }

  /**
   * The track as WebVTT; its head says which instant its times are counted from.
   *
   * @param uri of the picture with a number
   */
  public String write(LongFunction<String> uri) {
    List<PictureCue> cues = new ArrayList<>(listed.size());
    for (int i = 0; i < listed.size(); i++) {
      Listed own = listed.get(i);
      long start = millis(own.at());
      long next = i + 1 < listed.size() ? millis(listed.get(i + 1).at()) : start + NEWEST_MS;
      long end = Math.min(next, start + PictureCue.LONGEST_MS);
      if (start < end) {
        String address = uri.apply(own.number());
        cues.add(new PictureCue(start, end, address, own.width(), own.height()));
      }
    }
    return PictureTrack.write("X-PROGRAM-DATE-TIME: " + begunAt, cues);
  }

  private long millis(Instant at) {
    return Duration.between(begunAt, at).toMillis();
  }
}
