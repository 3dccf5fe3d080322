package dev.amphi.server.room;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.Composer;
import dev.amphi.composer.api.Composition;
import dev.amphi.interactive.api.BoardChange;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.ProgramNotice;
import dev.amphi.interactive.api.ProgramRendition;
import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.interactive.api.SlidesUp;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.server.push.ClassPushes;
import dev.amphi.server.slides.ProgramSurfaces;
import dev.amphi.server.tracks.KeptTracks;
import dev.amphi.server.tracks.ProgramRun;
import dev.amphi.server.tracks.TrackSwitch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a class makes for its audience: the sources, the composition of them, and the broadcast that
 * the program goes to.
 *
 * <pre>
 *   ──▶ nothing ──start()──▶ a program in the house ──goOnAir()──▶ on air ──close()──▶ nothing
 *                                                       ▲    │
 *                                                       └────┘ regained(): the next epoch's run
 * </pre>
 *
 * Confined to the class's own thread, which may block on a starting process, but for {@link
 * #frame}, {@link #keptFrame}, {@link #speaker}, {@link #withhold}, {@link #forget} and {@link
 * #wanted}, which come on the room's loop and find their way through volatile reads, and for what
 * only reads: {@link #recording()}, {@link #arrangement()} and {@link #flowingTracks()}.
 */
final class Production {
  private static final System.Logger LOG = System.getLogger(Production.class.getName());

  private final NodeParts parts;
  private final RoomSpec spec;
  private final Ownership ownership;
  private final RunningProgram program;
  private final ProgramTracks tracks;
  private final KeptTracks kept;
  private final ClassRecording recording;
  private final TeacherWatch teachers = new TeacherWatch();
  private final AudienceNotices notices;
  private final ClassBoard board;
  private final ClassPushes pushes;

  private volatile Arrangement arrangement = Arrangement.AUTO;
  private volatile Curtain curtain;
  private @Nullable Broadcast broadcast;

  /**
   * @param own runs on the class's thread what others tell
   */
  Production(NodeParts parts, RoomSpec spec, Ownership ownership, Executor own) {
    this.parts = parts;
    this.spec = spec;
    this.ownership = ownership;
    this.curtain = Curtain.before(spec.startsAt());
    this.tracks = new ProgramTracks(track -> parts.stage().requestKeyFrame(spec.id(), track));
    this.notices = new AudienceNotices(parts.clock().wall());
    this.kept =
        new KeptTracks(
            tracks::isShown,
            this::run,
            on -> parts.stage().keepTracks(spec.id(), on),
            track -> parts.stage().requestKeyFrame(spec.id(), track));
    this.recording =
        new ClassRecording(
            spec.id(),
            parts.consents(),
            parts.clock().wall(),
            notices::chapter,
            new TrackSwitch(parts.keepTracks(), kept),
            this::recording);
    this.board = new ClassBoard(own, parts.clock().words(), recording, notices);
    this.pushes = parts.pushes().of(spec.id());
    this.program = new RunningProgram(parts, spec, ownership, board::scene, pushes);
  }

  /** Its recording. */
  ClassRecording recording() {
    return recording;
  }

  private Optional<RecordingView> recording(String id) {
    return parts.packager().recording(spec.id(), id);
  }

  /** Where it is pushed to. Thread-safe. */
  ClassPushes pushes() {
    return pushes;
  }

  /** How the picture is wanted. */
  Arrangement arrangement() {
    return arrangement;
  }

  /** The page of slides that is up. */
  Optional<SlidesUp> slides() {
    return board.page();
  }

  /** Puts a page up, or takes the slides down. */
  void slides(Optional<ProgramSurfaces.Up> page) {
    if (!program.isStarted() && page.isPresent()) {
      begin(parts.composer()); // may be refused; then nothing is up
    }
    board.show(page);
  }

  /**
   * Captions the program.
   *
   * @return false when nothing is on air, or it has too many captions already
   */
  boolean caption(Instant from, Instant until, String text) {
    return broadcast != null && broadcast.caption(from, until, text);
  }

  /** Whether somebody may not be in the program, and so not in its captions. Thread-safe. */
  boolean isWithheld(String participantId) {
    return tracks.isWithheld(participantId);
  }

  /** What happened on the board. */
  void drawn(BoardChange change) {
    board.drawn(change);
  }

  /** How the program does; from any thread, nothing while there is none. */
  Optional<ProgramHealth> health() {
    return program.health();
  }

  /** What the program goes without; from any thread. */
  ProgramNotice notice() {
    long nowNanos = parts.clock().nanos().getAsLong();
    return health().map(health -> health.notice(nowNanos)).orElse(ProgramNotice.NONE);
  }

  /** Whether there was ever an audience. */
  boolean hasBroadcast() {
    return broadcast != null;
  }

  /** Starts the program, in the house at first, when there is something to show. */
  void startWithSources() {
    if (!program.isStarted() && !tracks.isEmpty()) {
      try {
        begin(parts.composer());
      } catch (IllegalStateException e) { // as full as the machine is; asked again at the next
        LOG.log(
            System.Logger.Level.WARNING,
            "room={0} has no program yet: {1}",
            spec.id(),
            e.getMessage());
      }
    }
  }

  /** Somebody on stage came or changed. */
  void participant(ParticipantView participant) {
    teachers.participant(participant, parts.clock().nanos().getAsLong());
    tracks.participant(participant);
    board.participant(participant);
    if (!tracks.isEmpty()) {
      curtain(curtain.withBegun());
    }
  }

  /** Somebody is gone. */
  void left(String participantId) {
    teachers.left(participantId, parts.clock().nanos().getAsLong());
    tracks.left(participantId);
    board.left(participantId);
  }

  /**
   * The word of somebody who is gone counts no more. At once, as it is taken by {@link #withhold}:
   * later it would take away the word of whoever has come back meanwhile. Thread-safe.
   */
  void forget(String participantId) {
    tracks.forget(participantId);
    kept.left(participantId);
    recording.left(participantId);
  }

  /**
   * Takes whoever may not be in the program out of it at once, whatever the class is busy with, and
   * notes each word; the rest is up to {@link #participant}. Thread-safe.
   */
  void withhold(ParticipantView participant) {
    recording.participant(participant);
    tracks.withhold(participant);
    kept.participant(participant);
  }

  /** Whether the stage is kept out of the program, and why. */
  Curtain curtain() {
    return curtain;
  }

  /** Keeps the stage out of the program from now on, or lets it in again. */
  void curtain(Curtain next) {
    if (!next.equals(curtain)) {
      curtain = next;
      tracks.hidden(next.down());
      board.hidden(next.down());
      program.slate(next.slate(parts.clock()));
      notices.hidden(next.down());
    }
  }

  /** Whether the teacher went or came back since the curtain was moved. Thread-safe. */
  boolean teacherMoved() {
    return teachers.gone(parts.clock().nanos().getAsLong()) != curtain.teacherGone();
  }

  /** Looks whether there is a teacher. */
  void lookForTeacher() {
    curtain(curtain.withTeacherGone(teachers.gone(parts.clock().nanos().getAsLong())));
  }

  /** Brings the program to the audience; the first time opens the broadcast. */
  void goOnAir() {
    if (!program.isStarted()) {
      begin(parts.composer());
    }
    openBroadcast();
  }

  /** As {@link #goOnAir}, for what was on air when the node stopped: it keeps its place. */
  void resume() {
    if (!program.isStarted()) {
      begin(parts.composer()::resume);
    }
    openBroadcast();
  }

  private void openBroadcast() {
    if (broadcast == null) {
      long epoch = ownership.epoch();
      broadcast = parts.packager().open(spec.id(), epoch);
      List<ProgramRendition> renditions = program.onAir(broadcast, epoch);
      notices.onAir(broadcast);
      parts.stage().onAir(spec.id(), renditions);
      recording.onAir(broadcast);
      pushes.onAir();
    }
  }

  /** The room has a new epoch: what was on air goes on as another run, with its own recording. */
  void regained() {
    if (broadcast != null) {
      broadcast = null;
      recording.offAir();
      notices.offAir();
      goOnAir();
    }
  }

  /** The class is asked a question, or none any more where that is "". */
  void asked(String question) {
    notices.question(question);
  }

  /** Chooses layout, spotlight and who is hidden. */
  void arrange(Arrangement wanted) {
    arrangement = wanted;
    program.arrange(wanted);
  }

  /** The loudest on stage changed. Thread-safe. */
  void speaker(String participantId) {
    program.speaker(participantId);
  }

  /** Those who watch over WebRTC want other streams of the program. Thread-safe. */
  void wanted(Set<ProgramStream> streams) {
    program.wanted(streams);
  }

  /** A coded frame of the stage; goes into the program when its track is shown. Thread-safe. */
  void frame(TrackView track, EncodedFrame frame) {
    teachers.frame(track.participantId(), frame.arrivalNanos());
    if (tracks.frame(track, frame)) {
      parts.counters().frameForwarded();
    }
  }

  /** A coded frame of the stage to be kept with the recording. Thread-safe. */
  void keptFrame(TrackView track, EncodedFrame frame) {
    kept.frame(track, frame);
  }

  private Optional<ProgramRun> run() {
    return program.run();
  }

  /** How many tracks in the program have sent something. */
  int flowingTracks() {
    return tracks.flowing();
  }

  private void begin(Composer composer) {
    Composition started = program.start(composer, arrangement, curtain.slate(parts.clock()));
    tracks.attach(started);
    board.attach(started);
  }

  /** Ends the program and, when its last sample has come, the broadcast. */
  void close() {
    close(Broadcast::close);
  }

  /** As {@link #close}, but for the audience the class goes on: another node, or this one again. */
  void suspend() {
    close(Broadcast::suspend);
  }

  private void close(Consumer<Broadcast> last) {
    try {
      program.close();
    } finally {
      pushes.offAir();
      board.detach();
      tracks.detach();
      recording.ended();
      if (broadcast != null) {
        last.accept(broadcast);
      }
    }
  }
}
