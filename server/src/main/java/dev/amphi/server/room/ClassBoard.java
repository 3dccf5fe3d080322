package dev.amphi.server.room;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.ShownScene;
import dev.amphi.composer.scene.Words;
import dev.amphi.interactive.api.BoardChange;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.SlidesUp;
import dev.amphi.server.consent.ConsentedInk;
import dev.amphi.server.slides.ProgramSurfaces;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Slides and pens of a class: in the program as far as people consented, among the recording's
 * chapters, and known to the audience. Confined to the class's own thread, but for {@link #page()}.
 */
final class ClassBoard {
  private final ConsentedInk ink = new ConsentedInk();
  private final Executor own;
  private final ProgramSurfaces surfaces;
  private final Words words;
  private final ClassRecording recording;
  private final AudienceNotices notices;
  private volatile Optional<SlidesUp> page = Optional.empty();

  /**
   * @param own runs on the class's thread what others tell
   * @param words call what has no title
   */
  ClassBoard(Executor own, Words words, ClassRecording recording, AudienceNotices notices) {
    this.own = own;
    this.words = words;
    this.surfaces = new ProgramSurfaces(own);
    this.recording = recording;
    this.notices = notices;
  }

  /** The page that is up. */
  Optional<SlidesUp> page() {
    return page;
  }

  /** Puts a page up, or takes the slides down. */
  void show(Optional<ProgramSurfaces.Up> next) {
    surfaces.show(next);
    page = surfaces.up();
    page.ifPresentOrElse(
        up -> recording.page(up.deck() + "/" + up.page(), title(up)), recording::noPage);
    notices.page(page.map(this::title).orElse(""));
  }

  private String title(SlidesUp up) {
    return up.title().isEmpty() ? words.slide(up.page()) : up.title();
  }

  /** What happened on the board. */
  void drawn(BoardChange change) {
    List<BoardChange> inProgram = ink.drawn(change);
    inProgram.forEach(surfaces::drawn);
    if (!inProgram.isEmpty() && change instanceof BoardChange.Grown && page.isEmpty()) {
      recording.drawn(surfaces.surface(), surfaces.sheet() ? words.sheet() : words.drawing());
    }
  }

  /** Somebody on stage came or changed. */
  void participant(ParticipantView participant) {
    surfaces.participant(participant);
    ink.participant(participant).forEach(surfaces::drawn);
  }

  /** Somebody is gone. */
  void left(String participantId) {
    surfaces.left(participantId);
  }

  /** The curtain is down, or no more. */
  void hidden(boolean hide) {
    surfaces.hidden(hide);
  }

  /** The program shows another scene. Thread-safe. */
  void scene(ShownScene scene) {
    own.execute(() -> surfaces.scene(scene));
  }

  /** A composition was started, which knows nothing yet. */
  void attach(Composition started) {
    surfaces.attach(started);
  }

  /** The composition is over. */
  void detach() {
    surfaces.detach();
  }
}
