package dev.amphi.server.room;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.interactive.api.BoardChange;
import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.ProgramNotice;
import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.server.slides.Chapters;
import dev.amphi.server.slides.PageTurns;
import dev.amphi.server.slides.ProgramSurfaces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One class: where it stands, what moderators decided, its place on the stage and its production.
 *
 * <p>Everything happens one after the other on its {@link ClassThread}, but for {@link #frame},
 * {@link #speakerChanged} and {@link #programWanted}, which come on the room's loop and go straight
 * to the {@link Production}, and for what only reads. All of it may be called from any thread.
 */
public final class Classroom {
  private final NodeParts parts;
  private final RoomSpec spec;
  private final Ownership ownership;
  private final ClassThread thread;
  private final Production production;
  private final ClassLife life;
  private final ClassFile file;
  private final ClassEnd end;
  private final PageTurns turns = new PageTurns();

  /** What was told of the program last; changed on the class's thread only. */
  private volatile ProgramNotice told = ProgramNotice.NONE;

  /**
   * @param before what moderators decided before it was opened here
   * @param ownership this node's right to the room
   */
  public Classroom(NodeParts parts, RoomSpec spec, Decisions before, Ownership ownership) {
    this.parts = parts;
    this.spec = spec;
    this.ownership = ownership;
    this.thread = new ClassThread(spec.id());
    this.production = new Production(parts, spec, ownership, thread::event);
    this.life = new ClassLife(spec.id());
    this.file = new ClassFile(parts.store(), spec, before);
    this.end = new ClassEnd(parts, spec.id(), life, production, this::status);
  }

  /** What everybody sees of the class. */
  public RoomStatus status() {
    return new RoomStatus(
        spec.id(),
        spec.title(),
        life.state().wireName(),
        spec.audience(),
        life.isLive(),
        production.recording(),
        production.arrangement().layout(),
        production.arrangement().spotlight(),
        production.arrangement().hidden().stream().sorted().toList(),
        ownership.epoch(),
        spec.startsAt(),
        production.curtain().breakUntil(),
        production.slides(),
        production.notice());
  }

  /** This node's right to the room. */
  Ownership ownership() {
    return ownership;
  }

  /** Where the class stands. */
  public ClassState state() {
    return life.state();
  }

  /** Opens the doors. */
  public CompletableFuture<RoomStatus> open() {
    return thread.command(
        () -> {
          openDoors();
          keep();
          return status();
        });
  }

  /**
   * Opens the doors of a class as it was kept. If it was on air it had begun, may be in a break,
   * and has its place on this machine however full that is by now. It is kept as it was until all
   * of it is so again: a node that dies on the way brings back the same.
   */
  CompletableFuture<RoomStatus> reopen(RoomStore.Kept kept) {
    return thread.command(
        () -> {
          openDoors();
          production.arrange(kept.arrangement());
          production.recording(kept.recording());
          if (kept.live()) {
            ClassState next = life.state().require(ClassEvent.GO_LIVE);
            production.curtain(production.curtain().withBegun().withBreak(kept.breakUntil()));
            production.resume();
            life.become(next);
          }
          return announced();
        });
  }

  private void openDoors() throws Refusal {
    life.move(ClassEvent.OPEN);
    parts.stage().open(status(), file.decisions()).toCompletableFuture().join();
  }

  private void keep() {
    file.keep(life.isLive(), production);
  }

  /**
   * Puts the program on air, or shows the audience a slate. The first time opens the broadcast; its
   * timeline then never stops until the class ends.
   */
  public CompletableFuture<RoomStatus> live(boolean live) {
    return thread.command(
        () -> {
          if (live == life.isLive()) {
            return status();
          }
          ClassState next = life.state().require(live ? ClassEvent.GO_LIVE : ClassEvent.INTERRUPT);
          production.curtain(production.curtain().withInterrupted(!live));
          if (live) {
            production.goOnAir();
          }
          life.become(next);
          return announced();
        });
  }

  /**
   * Begins a break, changes its end, or ends it: during a break nobody is in the program, and the
   * stage goes on. It lasts until somebody ends it.
   *
   * @param until when people shall be back, at most twelve hours ahead; null ends the break
   */
  public CompletableFuture<RoomStatus> takeBreak(@Nullable Instant until) {
    return thread.command(
        () -> {
          if (until != null) {
            ClassRules.requireSoon(until, parts.clock().wall().instant());
            if (!life.isLive()) {
              throw new Refusal(
                  409,
                  "bad_state",
                  "The class is '" + life.state().wireName() + "', so there is nothing to break.");
            }
          }
          production.curtain(production.curtain().withBreak(until));
          return announced();
        });
  }

  /** Looks after what time changes; at least once a second. */
  void tick() {
    if (production.teacherMoved()) {
      thread.event(production::lookForTeacher);
    }
    if (!production.notice().equals(told)) {
      thread.event(this::tellProgram);
    }
  }

  /** Whoever teaches is told why the audience sees less, and when it does no more. */
  private void tellProgram() {
    RoomStatus now = status();
    if (life.state().isOpen() && !now.program().equals(told)) {
      told = now.program();
      parts.stage().update(now);
    }
  }

  /** Chooses the layout; {@code spotlight} leads it, or "" for nobody; who is hidden stays so. */
  public CompletableFuture<RoomStatus> layout(String wanted, String spotlight) {
    return layout(wanted, spotlight, Optional.empty());
  }

  /** Chooses the layout, who leads it, and whom it does not show, if that is to change. */
  public CompletableFuture<RoomStatus> layout(
      String wanted, String spotlight, Optional<Set<String>> hidden) {
    return thread.command(
        () -> {
          Set<String> unseen = hidden.orElse(production.arrangement().hidden());
          Arrangement arrangement = ClassRules.arrangement(wanted, spotlight, unseen);
          life.state().requireOpen("layout");
          production.arrange(arrangement);
          return announced();
        });
  }

  /** The order of its page turns. */
  public PageTurns turns() {
    return turns;
  }

  /**
   * Puts a page of slides up, or takes them down; changes nothing once a later turn began.
   *
   * @param turn what {@link #turns} gave it
   */
  public CompletableFuture<RoomStatus> slides(long turn, Optional<ProgramSurfaces.Up> page) {
    return thread.command(
        () -> {
          life.state().requireOpen("slides");
          if (turns.isStale(turn)) {
            return status();
          }
          production.slides(page);
          later(Chapters.SETTLED);
          return announced();
        });
  }

  private void later(Duration after) {
    CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> thread.event(production::pollChapters));
  }

  /** Somebody drew, took back or cleared. */
  public void drawn(BoardChange change) {
    thread.event(() -> production.drawn(change));
  }

  /** Completes when the class is over here. */
  public CompletionStage<Void> over() {
    return end.over();
  }

  /** Switches the recording; before the class is live it is remembered until then. */
  public CompletableFuture<RoomStatus> recording(boolean on) {
    return thread.command(
        () -> {
          life.state().requireOpen("recording");
          production.recording(on);
          return announced();
        });
  }

  /**
   * Captions what is said: it is shown to those who watch and want captions.
   *
   * @param from when it was begun to be said
   * @param until when it has been read
   * @param participantId who says it, "" where that is not told
   */
  public CompletableFuture<RoomStatus> caption(
      Instant from, Instant until, String text, String participantId) {
    return thread.command(
        () -> {
          life.state().requireOpen("captions");
          if (production.curtain().down()) {
            throw new Refusal(
                409,
                "bad_state",
                "Nobody is seen or heard in the program now, so nothing is captioned.");
          }
          if (production.isWithheld(participantId)) {
            throw new Refusal(
                409,
                "bad_state",
                "'" + participantId + "' is not in the program, so neither are their words.");
          }
          boolean taken;
          try {
            taken = production.caption(from, until, text);
          } catch (IllegalArgumentException e) {
            throw new Refusal(422, "malformed", "This cannot be shown: " + e.getMessage() + ".");
          }
          if (!taken) {
            throw new Refusal(
                409, "bad_state", "Nothing is on air that could be captioned: go live first.");
          }
          return status();
        });
  }

  /** Ends the class for everybody; ending one that has ended changes nothing. */
  public CompletableFuture<RoomStatus> end(String reason) {
    return thread.command(
        () -> {
          file.forget();
          end.end(reason);
          return status();
        });
  }

  /** Stops a class that will go on: its people are told to come again in a moment. */
  CompletableFuture<RoomStatus> suspend(String reason) {
    return thread.command(
        () -> {
          end.suspend(reason, this::keepDecisions);
          return status();
        });
  }

  /** Frees what the class holds; call after {@link #end}. */
  public void dispose() {
    thread.close();
  }

  /** Somebody on stage came or changed. */
  public void participantChanged(ParticipantView participant) {
    production.withhold(participant);
    thread.event(
        () -> {
          production.participant(participant);
          if (life.state().isOpen()) {
            production.startWithSources();
          }
        });
  }

  /** Somebody is gone. */
  public void participantLeft(String participantId) {
    production.forget(participantId);
    thread.event(() -> production.left(participantId));
  }

  /** Moderators decided something; it is kept as soon as the disk takes it. */
  public void decided(Decisions latest) {
    if (file.decided(latest)) {
      thread.event(this::keepDecisions);
    }
  }

  private void keepDecisions() {
    if (life.state().isOpen()) {
      keep();
    }
  }

  /** What somebody is in this class, whatever its token says. Thread-safe. */
  public Role role(String participantId, Role byToken) {
    return file.decisions().role(participantId, byToken);
  }

  /** The loudest on stage changed. */
  public void speakerChanged(String participantId) {
    production.speaker(participantId);
  }

  /** Those who watch the program over WebRTC want other streams of it. */
  public void programWanted(Set<ProgramStream> streams) {
    production.wanted(streams);
  }

  /** A coded frame of the stage; goes into the program when its track is shown. */
  public void frame(TrackView track, EncodedFrame frame) {
    production.frame(track, frame);
  }

  /** How the program does; nothing while there is none. */
  public Optional<ProgramHealth> health() {
    return production.health();
  }

  /** How many tracks in the program have sent something. */
  public int flowingTracks() {
    return production.flowingTracks();
  }

  /** A recording of this room changed. */
  public void recordingChanged() {
    thread.event(end::publishWhenReady);
  }

  /** The room is this node's again in a new epoch: what is published goes on as another run. */
  void regained() {
    thread.event(
        () -> {
          if (life.state().isOpen()) {
            production.regained();
            announced();
          }
        });
  }

  private RoomStatus announced() {
    RoomStatus now = status();
    told = now.program();
    keep();
    parts.stage().update(now);
    return now;
  }
}
