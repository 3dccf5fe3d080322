package dev.amphi.server.room;

import dev.amphi.packager.api.Broadcast;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What the audience's playlist tells of the class: its pages and chapters, as far as its picture
 * shows them, and nothing of what is turned to behind the curtain; and what the class is asked.
 * Confined to the class's own thread.
 */
final class AudienceNotices {
  private static final String CHAPTER = "dev.amphi.chapter";

  private final InstantSource clock;
  private @Nullable Broadcast broadcast;
  private final Standing page = new Standing("dev.amphi.slide");
  private final Standing question = new Standing("dev.amphi.poll");
  private boolean hidden;
  private String unseenChapter = "";

  /** What holds until it is told otherwise. */
  private final class Standing {
    private final String type;
    private String title = "";

    /** What this broadcast's audience knows of it. */
    private String told = "";

    Standing(String type) {
      this.type = type;
    }

    void tell(boolean unseen) {
      String seen = unseen ? "" : title;
      if (broadcast != null && !seen.equals(told)) {
        broadcast.happens(type, clock.instant(), seen);
        told = seen;
      }
    }
  }

  AudienceNotices(InstantSource clock) {
    this.clock = clock;
  }

  /** There is an audience, which knows of nothing yet. */
  void onAir(Broadcast target) {
    broadcast = target;
    page.told = "";
    question.told = "";
    tell();
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
    page.title = title;
    page.tell(hidden);
  }

  /** The class is asked that, or nothing any more where it is "". */
  void question(String text) {
    question.title = text;
    question.tell(false);
  }

  /** The curtain is down, or no more: whoever watches then sees what is up. */
  void hidden(boolean hide) {
    hidden = hide;
    tell();
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

  private void tell() {
    page.tell(hidden);
    question.tell(false);
  }
}
