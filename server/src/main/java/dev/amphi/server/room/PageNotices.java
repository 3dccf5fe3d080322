package dev.amphi.server.room;

import dev.amphi.packager.api.Broadcast;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What the audience hears of pages and chapters: what its picture shows, and nothing of what is
 * turned to behind the curtain. Confined to the class's own thread.
 */
final class PageNotices {
  private static final String SLIDE = "dev.amphi.slide";
  private static final String CHAPTER = "dev.amphi.chapter";

  private final InstantSource clock;
  private @Nullable Broadcast broadcast;
  private boolean hidden;
  private String page = "";

  /** The page that this broadcast's audience knows of. */
  private String toldPage = "";

  private String unseenChapter = "";

  PageNotices(InstantSource clock) {
    this.clock = clock;
  }

  /** There is an audience, which knows of no page yet. */
  void onAir(Broadcast target) {
    broadcast = target;
    toldPage = "";
    tellPage();
  }

  /** What it was on air with is over. */
  void offAir() {
    broadcast = null;
  }

  /**
   * A page is up.
   *
   * @param title its own, or "" when none is up
   */
  void page(String title) {
    page = title;
    tellPage();
  }

  /** The curtain is down, or no more: whoever watches then sees what is up. */
  void hidden(boolean hide) {
    hidden = hide;
    tellPage();
    if (!hidden && !unseenChapter.isEmpty()) {
      chapter(clock.instant(), unseenChapter);
      unseenChapter = "";
    }
  }

  /** Behind the curtain a chapter begins for the recording alone; when it rises, for all. */
  void chapter(Instant at, String title) {
    if (hidden) {
      unseenChapter = title;
    } else if (broadcast != null) {
      broadcast.happens(CHAPTER, at, title);
    }
  }

  private void tellPage() {
    String seen = hidden ? "" : page;
    if (broadcast != null && !seen.equals(toldPage)) {
      broadcast.happens(SLIDE, clock.instant(), seen);
      toldPage = seen;
    }
  }
}
