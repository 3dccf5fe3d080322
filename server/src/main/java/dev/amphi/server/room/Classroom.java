package dev.amphi.server.room;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.RecordingView;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One room's running parts: its place on the stage, its program, its broadcast and recordings.
 *
 * <p>Everything but {@link #frame} happens one after the other on the class's own thread {@code
 * class-<room>}, which may block on a starting process; frames come on the room's loop and find
 * their way through two volatile reads.
 */
public final class Classroom {
  private static final System.Logger LOG = System.getLogger(Classroom.class.getName());
  private static final Set<String> LAYOUTS = Set.of("speaker", "grid", "presentation_pip");

  /** What a restart takes at least. */
  private static final long RETRY_MILLIS = 1_000;

  private final NodeParts parts;
  private final RoomSpec spec;
  private final Ownership ownership;
  private final ExecutorService thread;
  private final ProgramSources sources = new ProgramSources();
  private final ProgramFeed feed;
  private final Set<String> shownTracks = ConcurrentHashMap.newKeySet();
  private final Set<String> flowingTracks = ConcurrentHashMap.newKeySet();

  private volatile ClassState state = ClassState.SCHEDULED;
  private volatile boolean recording;
  private volatile String layout = "speaker";
  private volatile String spotlight = "";
  private volatile Decisions decisions;
  private final AtomicBoolean decided = new AtomicBoolean();
  private volatile @Nullable Composition composition;
  private @Nullable Program program;
  private @Nullable Broadcast broadcast;

  /**
   * @param before what moderators decided before it was opened here
   * @param ownership this node's right to the room
   */
  public Classroom(NodeParts parts, RoomSpec spec, Decisions before, Ownership ownership) {
    this.decisions = before;
    this.parts = parts;
    this.spec = spec;
    this.ownership = ownership;
    this.feed = new ProgramFeed(spec.id(), parts.stage());
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("class-" + spec.id() + "-", 0).factory());
  }

  /** What everybody sees of the class. */
  public RoomStatus status() {
    return new RoomStatus(
        spec.id(),
        spec.title(),
        state.wireName(),
        spec.audience(),
        state == ClassState.LIVE,
        recording,
        layout,
        ownership.epoch());
  }

  /** This node's right to the room. */
  Ownership ownership() {
    return ownership;
  }

  /** Where the class stands. */
  public ClassState state() {
    return state;
  }

  /** Opens the doors. */
  public CompletableFuture<RoomStatus> open() {
    return command(
        () -> {
          move(ClassEvent.OPEN);
          parts.stage().open(status(), decisions).toCompletableFuture().join();
          parts.store().keep(status(), decisions);
          return status();
        });
  }

  /**
   * Puts the program on air, or shows the audience a slate. The first time opens the broadcast; its
   * timeline then never stops until the class ends.
   */
  public CompletableFuture<RoomStatus> live(boolean live) {
    return command(
        () -> {
          if (live == (state == ClassState.LIVE)) {
            return status();
          }
          ClassState next = after(live ? ClassEvent.GO_LIVE : ClassEvent.INTERRUPT);
          apply(sources.hidden(!live));
          if (live) {
            goOnAir();
          }
          become(next);
          return announced();
        });
  }

  /** Chooses the layout; {@code spotlight} leads it, or "" for nobody. */
  public CompletableFuture<RoomStatus> layout(String wanted, String spotlight) {
    return command(
        () -> {
          if (!LAYOUTS.contains(wanted)) {
            throw new Refusal(
                422,
                "malformed",
                "There is no layout '" + wanted + "': choose speaker, grid or presentation_pip.");
          }
          requireOpen("layout");
          layout = wanted;
          this.spotlight = spotlight;
          Composition running = composition;
          if (running != null) {
            running.layout(wanted, spotlight);
          }
          return announced();
        });
  }

  /** Switches the recording; before the class is live it is remembered until then. */
  public CompletableFuture<RoomStatus> recording(boolean on) {
    return command(
        () -> {
          requireOpen("recording");
          if (recording != on) {
            if (broadcast != null) {
              broadcast.recording(on).toCompletableFuture().join();
            }
            recording = on;
            LOG.log(System.Logger.Level.INFO, "room={0} recording={1}", spec.id(), on);
          }
          return announced();
        });
  }

  /** Ends the class for everybody; ending one that has ended changes nothing. */
  public CompletableFuture<RoomStatus> end(String reason) {
    return command(
        () -> {
          parts.store().forget(spec.id());
          return ended(reason);
        });
  }

  /** Stops a class that will go on: its people are told to come again in a moment. */
  CompletableFuture<RoomStatus> suspend(String reason) {
    return command(
        () -> {
          parts.stage().suspend(spec.id(), reason, RETRY_MILLIS).toCompletableFuture().join();
          keepDecisions();
          return ended(reason);
        });
  }

  private RoomStatus ended(String reason) throws Refusal {
    if (state.isOpen() || state == ClassState.SCHEDULED) {
      move(broadcast == null ? ClassEvent.CANCEL : ClassEvent.END);
      boolean recorded = recording || !parts.packager().recordings(spec.id()).isEmpty();
      recording = false;
      parts.stage().update(status());
      parts.stage().close(spec.id(), reason).toCompletableFuture().join();
      stopProgram();
      if (state == ClassState.ENDED) {
        move(recorded ? ClassEvent.PROCESS : ClassEvent.PUBLISH);
        publishWhenReady();
      }
    }
    return status();
  }

  /** Frees what the class holds; call after {@link #end}. */
  public void dispose() {
    thread.shutdown();
  }

  /** Somebody on stage came or changed. */
  public void participantChanged(ParticipantView participant) {
    event(
        () -> {
          List<ProgramSources.Change> changes = sources.participant(participant);
          if (composition == null && state.isOpen() && !sources.isEmpty()) {
            startProgram();
          } else {
            apply(changes);
          }
        });
  }

  /** Somebody is gone. */
  public void participantLeft(String participantId) {
    event(() -> apply(sources.left(participantId)));
  }

  /** Moderators decided something; it is kept as soon as the disk takes it. */
  public void decided(Decisions latest) {
    decisions = latest;
    if (decided.compareAndSet(false, true)) {
      event(this::keepDecisions);
    }
  }

  private void keepDecisions() {
    decided.set(false);
    if (state.isOpen()) {
      parts.store().keep(status(), decisions);
    }
  }

  /** What somebody is in this class, whatever its token says. Thread-safe. */
  public Role role(String participantId, Role byToken) {
    return decisions.role(participantId, byToken);
  }

  /** The loudest on stage changed. */
  public void speakerChanged(String participantId) {
    Composition running = composition;
    if (running != null) {
      running.speaker(participantId);
    }
  }

  /** Those who watch the program over WebRTC want other streams of it. */
  public void programWanted(Set<ProgramStream> streams) {
    feed.wanted(streams);
    Composition running = composition;
    if (running != null) {
      running.listen(feed.mixes());
    }
  }

  /** A coded frame of the stage; goes into the program when its track is shown. */
  public void frame(TrackView track, EncodedFrame frame) {
    Composition running = composition;
    if (running != null && shownTracks.contains(track.id())) {
      flowingTracks.add(track.id());
      running.frame(
          track.id(),
          frame.payload(),
          frame.timestampTicks(),
          frame.arrivalNanos(),
          frame.captureNtpNanos(),
          frame.keyFrame());
      parts.counters().frameForwarded();
    }
  }

  /** How many tracks in the program have sent something. */
  public int flowingTracks() {
    return flowingTracks.size();
  }

  /** A recording of this room changed. */
  public void recordingChanged() {
    event(this::publishWhenReady);
  }

  private void goOnAir() {
    if (composition == null) {
      startProgram();
    }
    if (broadcast == null && program != null) {
      long epoch = ownership.epoch();
      broadcast = parts.packager().open(spec.id(), epoch);
      program.onAir(broadcast, epoch);
      parts.stage().onAir(spec.id(), program.renditions());
      if (recording) {
        recordFromTheStart(broadcast);
      }
    }
  }

  /** The room is this node's again in a new epoch: what is published goes on as another run. */
  void regained() {
    event(
        () -> {
          if (!state.isOpen()) {
            return;
          }
          if (broadcast != null) {
            broadcast = null;
            goOnAir();
          }
          announced();
        });
  }

  /** A recording that cannot start is told to the operator and never keeps the class off air. */
  private void recordFromTheStart(Broadcast target) {
    try {
      target.recording(true).toCompletableFuture().join();
    } catch (CompletionException e) {
      recording = false;
      LOG.log(System.Logger.Level.ERROR, "room=" + spec.id() + " is not recorded", e.getCause());
    }
  }

  private void startProgram() {
    CompositionSpec wanted = CompositionSpec.standard(spec.id(), spec.title());
    Program listener =
        new Program(
            wanted,
            ownership,
            feed,
            track -> parts.stage().requestKeyFrame(spec.id(), track),
            parts.counters()::composerRestarted);
    Composition started = parts.composer().start(wanted, listener);
    started.layout(layout, spotlight);
    program = listener;
    composition = started;
    started.listen(feed.mixes());
    apply(sources.all());
  }

  private void stopProgram() {
    Composition running = composition;
    if (running != null && program != null) {
      Program.close(running, program).join();
    }
    composition = null;
    shownTracks.clear();
    flowingTracks.clear();
    if (broadcast != null) {
      broadcast.close();
    }
  }

  private void publishWhenReady() {
    if (state == ClassState.PROCESSING
        && parts.packager().recordings(spec.id()).stream().allMatch(Classroom::isFinished)) {
      become(state.after(ClassEvent.PUBLISH).orElseThrow());
    }
  }

  private static boolean isFinished(RecordingView view) {
    return view.state().equals("ready") || view.state().equals("failed");
  }

  private void apply(List<ProgramSources.Change> changes) {
    Composition running = composition;
    if (running == null) {
      return;
    }
    for (ProgramSources.Change change : changes) {
      switch (change) {
        case ProgramSources.Change.Put put -> {
          running.putSource(put.source());
          shownTracks.add(put.source().id());
          parts.stage().requestKeyFrame(spec.id(), put.source().id());
        }
        case ProgramSources.Change.Mute mute -> running.muteSource(mute.sourceId(), mute.muted());
        case ProgramSources.Change.Remove remove -> {
          shownTracks.remove(remove.sourceId());
          flowingTracks.remove(remove.sourceId());
          running.removeSource(remove.sourceId());
        }
      }
    }
  }

  private void move(ClassEvent event) throws Refusal {
    become(after(event));
  }

  private ClassState after(ClassEvent event) throws Refusal {
    return state
        .after(event)
        .orElseThrow(
            () ->
                new Refusal(
                    409,
                    "bad_state",
                    "The class is '" + state.wireName() + "', so it cannot " + verb(event) + "."));
  }

  private static String verb(ClassEvent event) {
    return switch (event) {
      case OPEN -> "open its doors";
      case GO_LIVE -> "go live";
      case INTERRUPT -> "be interrupted: it is not live";
      case END -> "end";
      case PROCESS, PUBLISH -> "be published";
      case CANCEL -> "be cancelled";
    };
  }

  private void become(ClassState next) {
    LOG.log(
        System.Logger.Level.INFO,
        "room={0} state={1} before={2}",
        spec.id(),
        next.wireName(),
        state.wireName());
    state = next;
  }

  private void requireOpen(String what) throws Refusal {
    if (!state.isOpen()) {
      throw new Refusal(
          409,
          "bad_state",
          "The class is '" + state.wireName() + "', so its " + what + " cannot be changed.");
    }
  }

  private RoomStatus announced() {
    RoomStatus now = status();
    parts.store().keep(now, decisions);
    parts.stage().update(now);
    return now;
  }

  private CompletableFuture<RoomStatus> command(Callable<RoomStatus> work) {
    CompletableFuture<RoomStatus> result = new CompletableFuture<>();
    Runnable run =
        () -> {
          try {
            result.complete(work.call());
          } catch (Refusal e) {
            result.completeExceptionally(e);
          } catch (Exception e) {
            LOG.log(System.Logger.Level.ERROR, "room=" + spec.id() + " command failed", e);
            Throwable cause =
                e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            result.completeExceptionally(
                new Refusal(503, "unavailable", String.valueOf(cause.getMessage())));
          }
        };
    if (!taken(run)) {
      result.completeExceptionally(
          new Refusal(404, "unknown_room", "The class '" + spec.id() + "' is closed."));
    }
    return result;
  }

  private void event(Runnable work) {
    if (!taken(work)) {
      LOG.log(System.Logger.Level.DEBUG, "room={0} is closed: an event was late", spec.id());
    }
  }

  /** False when the room was disposed of, maybe while somebody was asking. */
  private boolean taken(Runnable work) {
    try {
      thread.execute(work);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }
}
