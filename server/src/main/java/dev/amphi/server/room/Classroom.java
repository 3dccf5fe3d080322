package dev.amphi.server.room;

import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.ProgramNotice;
import dev.amphi.interactive.api.RecordingNotice;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.server.push.PushView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One class: where it stands, what moderators decided, its place on the stage and its production.
 *
 * <p>Everything happens one after the other on its {@link ClassThread}, but for what of the {@link
 * ClassStage} cannot wait, and for what only reads. All of it may be called from any thread.
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
  private final ClassStage stage;
  private final ClassPicture picture;

  /** What changes without anybody's command, as it was told last. */
  private record Told(
      ProgramNotice program,
      boolean recording,
      boolean tracks,
      RecordingNotice notice,
      List<String> pushes) {
    static Told of(RoomStatus room) {
      return new Told(
          room.program(),
          room.recording(),
          room.recordingTracks(),
          room.recordingNotice(),
          room.pushes());
    }
  }

  /** Changed on the class's thread only. */
  private volatile Told told =
      new Told(ProgramNotice.NONE, false, false, RecordingNotice.NONE, List.of());

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
    this.life = new ClassLife(spec.id(), () -> parts.news().became(status()));
    this.file = new ClassFile(parts.store(), spec, before);
    this.end = new ClassEnd(parts, spec.id(), life, production, this::status);
    this.stage = new ClassStage(thread, life, file, production, this::keepDecisions);
    this.picture = new ClassPicture(thread, life, production, this::status, this::announced);
  }

  /** What everybody sees of the class. */
  public RoomStatus status() {
    return new RoomStatus(
        spec.id(),
        spec.title(),
        life.state().wireName(),
        spec.audience(),
        life.isLive(),
        production.recording().isOn(),
        production.arrangement().layout(),
        production.arrangement().spotlight(),
        production.arrangement().hidden().stream().sorted().toList(),
        ownership.epoch(),
        spec.startsAt(),
        production.curtain().breakUntil(),
        production.slides(),
        production.notice(),
        production.recording().paused(),
        production.recording().keepsTracks(),
        production.recording().notice(),
        production.pushes().names());
  }

  /** Who may watch: cheap, because each request for a playlist asks. */
  public String audience() {
    return spec.audience();
  }

  /** This node's right to the room. */
  Ownership ownership() {
    return ownership;
  }

  /** Where the class stands. */
  public ClassState state() {
    return life.state();
  }

  /** What it hears of its stage. */
  public ClassStage stage() {
    return stage;
  }

  /** Its layout, slides and captions. */
  public ClassPicture picture() {
    return picture;
  }

  /** Opens the doors. */
  public CompletableFuture<RoomStatus> open() {
    return thread.command(
        () -> {
          production.pushes().forget(); // whatever a class of the same name left
          parts.news().became(status());
          openDoors();
          keep();
          return status();
        });
  }

  /**
   * Opens the doors of a class as it was kept. If it was on air it had begun, may be in a break,
   * and has its place on this machine however full that is by now. It is kept as it was until all
   * of it is so again: a node that dies on the way brings back the same, and one where it fails
   * tries again when it comes back.
   */
  CompletableFuture<RoomStatus> reopen(RoomStore.Kept kept) {
    return thread.command(
        () -> {
          life.quiet(true);
          try {
            wake(kept);
          } finally {
            life.quiet(false);
          }
          return announced();
        });
  }

  private void wake(RoomStore.Kept kept) throws Refusal {
    file.wasLive(kept.live());
    production.arrange(kept.arrangement());
    production
        .recording()
        .want(kept.recording(), kept.recordingPaused(), Optional.of(kept.recordingTracks()));
    production.pushes().restore();
    if (kept.live()) {
      production.curtain(production.curtain().withBegun().withBreak(kept.breakUntil()));
    }
    openDoors();
    if (kept.live()) {
      ClassState next = life.state().require(ClassEvent.GO_LIVE);
      production.resume();
      life.become(next);
    }
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
            if (!live) {
              file.wasLive(false);
              keepDecisions();
            }
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
    if (life.state().isOpen() && !Told.of(status()).equals(told)) {
      thread.event(this::tellNews);
    }
  }

  /**
   * Whoever teaches is told why the audience sees less and what is the matter with the recording,
   * and everybody where the class goes, and whether it is recorded at all.
   */
  private void tellNews() {
    RoomStatus now = status();
    if (life.state().isOpen() && !Told.of(now).equals(told)) {
      told = Told.of(now);
      parts.stage().update(now);
    }
  }

  /** Completes when the class is over here. */
  public CompletionStage<Void> over() {
    return end.over();
  }

  /** As {@link #recording(boolean, boolean, Optional)}, and not paused. */
  public CompletableFuture<RoomStatus> recording(boolean on) {
    return recording(on, false, Optional.empty());
  }

  /** As {@link #recording(boolean, boolean, Optional)}, with the tracks as they are. */
  public CompletableFuture<RoomStatus> recording(boolean on, boolean paused) {
    return recording(on, paused, Optional.empty());
  }

  /**
   * Switches the recording; before the class is live it is remembered until then.
   *
   * @param paused whether one that is on keeps nothing until it is told to go on
   * @param tracks whether the tracks of single participants are kept with it; empty leaves that as
   *     it is, and to the node where it begins
   */
  public CompletableFuture<RoomStatus> recording(
      boolean on, boolean paused, Optional<Boolean> tracks) {
    return thread.command(
        () -> {
          life.state().requireOpen("recording");
          production.recording().want(on, paused, tracks);
          return announced();
        });
  }

  /** Where the program is pushed to. */
  public List<PushView> pushes() {
    return production.pushes().views();
  }

  /** Pushes the program to another platform while the class is on air. */
  public CompletableFuture<PushView> push(String url, String key, String name, String rendition) {
    return thread.command(
        () -> {
          life.state().requireOpen("pushes");
          PushView added = production.pushes().add(url, key, name, rendition);
          announced();
          return added;
        });
  }

  /** Takes a push away. */
  public CompletableFuture<RoomStatus> stopPush(String id) {
    return thread.command(
        () -> {
          life.state().requireOpen("pushes");
          production.pushes().remove(id);
          return announced();
        });
  }

  /** Ends the class for everybody; ending one that has ended changes nothing. */
  public CompletableFuture<RoomStatus> end(String reason) {
    return thread.command(
        () -> {
          file.forget();
          production.pushes().forget();
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

  private void keepDecisions() {
    if (life.state().isOpen()) {
      keep();
    }
  }

  /** What somebody is in this class, whatever its token says. Thread-safe. */
  public Role role(String participantId, Role byToken) {
    return file.decisions().role(participantId, byToken);
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
    told = Told.of(now);
    keep();
    parts.stage().update(now);
    return now;
  }
}
