package dev.amphi.server.room;

import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.RecordingNotice;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.server.consent.ConsentBook;
import dev.amphi.server.consent.ConsentRecord;
import dev.amphi.server.slides.Chapters;
import dev.amphi.server.tracks.TrackSwitch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The recording of a class: whether it is wanted or paused, and what is kept with it, its chapters
 * and the word of everybody who is in it. Confined to the class's own thread, but for {@link
 * #wanted()}, {@link #isOn()}, {@link #paused()}, {@link #wantsTracks()}, {@link #keepsTracks()},
 * {@link #notice()}, {@link #participant} and {@link #left}.
 */
final class ClassRecording {
  private static final System.Logger LOG = System.getLogger(ClassRecording.class.getName());

  private final String roomId;
  private final InstantSource clock;
  private final ConsentRecord consents;
  private final BiConsumer<Instant, String> begun;
  private final TrackSwitch tracks;
  private final Function<String, Optional<RecordingView>> shelf;
  private final Chapters chapters = new Chapters(this::chapter);
  private volatile boolean wanted;
  private volatile boolean paused;

  /** Whether the broadcast has a recording; one that is paused from the start begins later. */
  private volatile boolean running;

  /** The last one that began in this class. */
  private volatile @Nullable RecordingView last;

  private @Nullable Broadcast broadcast;

  /**
   * @param begun is told each chapter's instant and title
   * @param tracks are kept with it, or not
   * @param shelf finds how a recording does, by its id
   */
  ClassRecording(
      String roomId,
      ConsentBook book,
      InstantSource clock,
      BiConsumer<Instant, String> begun,
      TrackSwitch tracks,
      Function<String, Optional<RecordingView>> shelf) {
    this.shelf = shelf;
    this.tracks = tracks;
    this.roomId = roomId;
    this.clock = clock;
    this.begun = begun;
    this.consents = new ConsentRecord(roomId, book);
  }

  /** Whether the class is recorded, or will be as soon as it is on air. */
  boolean wanted() {
    return wanted;
  }

  /** Whether it is wanted, and did not fail: what everybody is told. */
  boolean isOn() {
    return wanted && !isBroken();
  }

  /** Whether it is on and keeps nothing for now. */
  boolean paused() {
    return paused && isOn();
  }

  /** What is the matter with the last one of this class. */
  RecordingNotice notice() {
    return seen().map(RecordingTrouble::of).orElse(RecordingNotice.NONE);
  }

  /** One that is erased while it still counts as running had failed before: no other may be. */
  private boolean isBroken() {
    return running && seen().map(RecordingTrouble::hasFailed).orElse(last != null);
  }

  /** Empty where there was none, and where it is erased. */
  private Optional<RecordingView> seen() {
    RecordingView begun = last;
    return begun == null ? Optional.empty() : shelf.apply(begun.id());
  }

  /** Whether the tracks of single participants are to be kept with it. */
  boolean wantsTracks() {
    return tracks.wanted();
  }

  /** Whether they are: not any more once the disk did not take them. */
  boolean keepsTracks() {
    return tracks.holds() && !isBroken();
  }

  /** Somebody came or changed. Thread-safe. */
  void participant(ParticipantView participant) {
    consents.participant(participant);
  }

  /** Somebody is gone. Thread-safe. */
  void left(String participantId) {
    consents.left(participantId);
  }

  /**
   * A page is up.
   *
   * @param key tells it from every other
   */
  void page(String key, String title) {
    chapters.page(key, title, clock.instant());
  }

  /** The slides were taken down. */
  void noPage() {
    chapters.noPage(clock.instant());
  }

  /** Somebody draws on something that is no page. */
  void drawn(String surface, String title) {
    chapters.drawn(surface, title, clock.instant());
  }

  /** Tells of what has been up for a while. */
  void poll() {
    chapters.poll(clock.instant());
  }

  private void chapter(Instant at, String title) {
    if (broadcast != null) {
      broadcast.chapter(at, title);
      begun.accept(at, title);
    }
  }

  /**
   * The class is on air. A recording that cannot start is told to the operator and never keeps the
   * class off air.
   */
  void onAir(Broadcast target) {
    broadcast = target;
    running = false;
    if (wanted && !paused) {
      try {
        begin(target);
        tracks.follow(target, true);
      } catch (CompletionException e) {
        wanted = false;
        LOG.log(System.Logger.Level.ERROR, "room=" + roomId + " is not recorded", e.getCause());
      }
    }
  }

  /** What it was on air with is over; what is up now is the next recording's first chapter. */
  void offAir() {
    tracks.end();
    broadcast = null;
    running = false;
    chapters.recording(false, clock.instant());
  }

  /** As {@link #want(boolean, boolean, Optional)}, and not paused. */
  void want(boolean on) {
    want(on, false, Optional.empty());
  }

  /** As {@link #want(boolean, boolean, Optional)}, with the tracks as they are. */
  void want(boolean on, boolean pause) {
    want(on, pause, Optional.empty());
  }

  /**
   * Switches it, when on air; before that it is remembered until then.
   *
   * @param pause whether one that is on keeps nothing until it is told to go on
   * @param single whether the tracks of single participants are kept with it
   */
  void want(boolean on, boolean pause, Optional<Boolean> single) {
    Broadcast target = broadcast;
    if (target != null && isBroken()) {
      end(target); // Nothing of it runs any more; what is wanted from now on begins anew.
    }
    boolean keptTracks = tracks.holds();
    tracks.want(on, wanted, single);
    if (pause || !tracks.wanted()) {
      tracks.end();
    }
    if (target != null && !on && running) {
      end(target);
    } else if (target != null && on && running && pause != paused) {
      target.paused(pause);
    } else if (target != null && on && !running && !pause) {
      begin(target);
    }
    if (target != null) {
      tracks.follow(target, on && running && !pause);
    }
    boolean news = on != wanted || (on && pause) != paused || keptTracks != tracks.holds();
    wanted = on;
    paused = on && pause;
    if (news) {
      LOG.log(
          System.Logger.Level.INFO,
          "room={0} recording={1} paused={2} tracks={3}",
          roomId,
          on,
          paused,
          tracks.wanted());
    }
  }

  /** From now on each word is kept beside that recording. */
  private void begin(Broadcast target) {
    RecordingView view = target.recording(true).toCompletableFuture().join();
    last = view;
    running = true;
    consents.begins(view.id());
    chapters.recording(true, clock.instant());
  }

  private void end(Broadcast target) {
    chapters.recording(false, clock.instant());
    target.recording(false).toCompletableFuture().join();
    running = false;
    consents.ends();
  }

  /** The class is over; the recording ends with the broadcast. */
  void noMore() {
    chapters.recording(false, clock.instant());
    tracks.end();
    tracks.want(false, wanted, Optional.empty());
    wanted = false;
    paused = false;
  }

  /** The program is over: nobody's word is kept any more. */
  void ended() {
    tracks.end();
    consents.ends();
  }
}
