package dev.amphi.server.room;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.Composer;
import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.InkChange;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.ProgramFrame;
import dev.amphi.interactive.api.ProgramNotice;
import dev.amphi.interactive.api.ProgramRendition;
import dev.amphi.interactive.api.RoomSample;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.Stage;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.Integrity;
import dev.amphi.packager.api.Packager;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.api.TrackComposer;
import dev.amphi.server.push.Pushes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The parts of a node, as small machines that write down what they are told. */
final class Fakes implements Stage, Packager, Composition, Broadcast, RoomCounters {
  final List<String> said = new CopyOnWriteArrayList<>();
  final List<RecordingView> recordings = new CopyOnWriteArrayList<>();
  final List<ProgramFrame> programFrames = new CopyOnWriteArrayList<>();
  Instant now = Instant.parse("2026-11-21T10:00:00Z");
  long nanos = 5;
  ClassClock clock = new ClassClock(() -> now, () -> nanos, ZoneId.of("Europe/Berlin"));
  boolean composerFails;

  /** How often it was said that a program may be wanted soon. */
  int expected;

  /** Looks around while a composition is being started. */
  Runnable whenStarting = () -> {};

  /** No program is started but those that had a place. */
  boolean machineFull;

  RoomStore store = RoomStore.none();
  Pushes pushes = Pushes.none();

  /** Holds up whoever switches the recording, as a slow disk does. */
  CompletableFuture<Void> disk = CompletableFuture.completedFuture(null);

  /** What the class told of where it stands. */
  final List<String> became = new CopyOnWriteArrayList<>();

  ClassNews news = room -> became.add(room.state());

  volatile boolean closeFails;
  volatile @Nullable ProgramListener program;

  NodeParts parts() {
    return new NodeParts(
        this, composer(), this, this, store, clock, this::consents, pushes, false, news);
  }

  private Composer composer() {
    return new Composer() {
      @Override
      public void expect() {
        expected++;
      }

      @Override
      public Composition start(CompositionSpec spec, ProgramListener listener) {
        if (machineFull) {
          throw new IllegalStateException("This machine is full.");
        }
        return Fakes.this.start(listener);
      }

      @Override
      public Composition resume(CompositionSpec spec, ProgramListener listener) {
        return Fakes.this.start(listener);
      }
    };
  }

  private Composition start(ProgramListener listener) {
    whenStarting.run();
    if (composerFails) {
      throw new IllegalStateException("There is no encoder.");
    }
    said.add("composition starts");
    program = listener;
    listener.format("720p", true, 1280, 720, ByteBuffer.allocate(4), 90_000, Instant.EPOCH, 0);
    return this;
  }

  private void consents(String roomId, String recordingId, String participantId, String word) {
    said.add("beside " + recordingId + ": " + participantId + " " + word);
  }

  /** What was said of this kind, in order. */
  List<String> said(String prefix) {
    return said.stream().filter(line -> line.startsWith(prefix)).toList();
  }

  @Override
  public CompletionStage<Void> open(RoomStatus status) {
    said.add("stage opens " + status.state());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void update(RoomStatus status) {
    said.add("stage hears " + status.state() + " live=" + status.live());
    if (!status.program().equals(ProgramNotice.NONE)) {
      said.add("stage hears of the program " + status.program());
    }
  }

  @Override
  public CompletionStage<Void> close(String roomId, String reason) {
    said.add("stage closes: " + reason);
    if (closeFails) {
      return CompletableFuture.failedFuture(new IllegalStateException("The stage does not close."));
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<List<ParticipantView>> participants(String roomId) {
    return CompletableFuture.completedFuture(List.of());
  }

  @Override
  public CompletionStage<Boolean> remove(String roomId, String participantId, String reason) {
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public CompletionStage<String> describe(String roomId) {
    return CompletableFuture.completedFuture("{}");
  }

  @Override
  public CompletionStage<RoomSample> sample(String roomId) {
    return CompletableFuture.completedFuture(new RoomSample(List.of(), List.of(), Map.of()));
  }

  @Override
  public List<String> rooms() {
    return List.of();
  }

  @Override
  public void requestKeyFrame(String roomId, String trackId) {
    said.add("key frame of " + trackId);
  }

  @Override
  public void onAir(String roomId, List<ProgramRendition> renditions) {
    said.add("on air " + renditions.stream().map(ProgramRendition::name).toList());
  }

  @Override
  public void program(String roomId, ProgramFrame frame) {
    byte[] bytes = new byte[frame.payload().remaining()];
    frame.payload().duplicate().get(bytes);
    programFrames.add(frame);
    said.add(
        "program "
            + frame.stream().kind().wireName()
            + " '"
            + frame.stream().name()
            + "' epoch="
            + frame.epoch()
            + " at "
            + frame.timestampTicks()
            + " "
            + HexFormat.of().formatHex(bytes));
  }

  @Override
  public void still(String sourceId, String page, int width, int height, ByteBuffer packed) {
    said.add("still " + sourceId + " " + width + "x" + height + " " + packed.remaining());
  }

  @Override
  public void ink(InkChange change) {
    said.add("ink " + change);
  }

  @Override
  public void listen(Set<String> mixes) {
    said.add("listen " + new TreeSet<>(mixes));
  }

  @Override
  public Broadcast open(String roomId, long epoch) {
    said.add("broadcast opens epoch=" + epoch);
    return this;
  }

  @Override
  public List<RecordingView> recordings(String roomId) {
    return recordings;
  }

  @Override
  public List<RecordingView> recordings() {
    return recordings;
  }

  @Override
  public CompletionStage<RecordingView> label(
      String roomId, String recordingId, Optional<String> title, Optional<Boolean> published) {
    said.add("label " + recordingId + " " + title.orElse("") + " " + published.orElse(true));
    return CompletableFuture.completedFuture(recordings.getFirst());
  }

  @Override
  public CompletionStage<Void> erase(String roomId, String recordingId) {
    said.add("erase " + recordingId);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<RecordingView> hold(String roomId, String recordingId, boolean on) {
    said.add("hold " + recordingId + " " + on);
    return CompletableFuture.completedFuture(recordings.getFirst());
  }

  @Override
  public CompletionStage<RecordingView> trim(
      String roomId, String recordingId, double fromS, double toS) {
    said.add("trim " + recordingId + " " + fromS + " to " + toS);
    return CompletableFuture.completedFuture(recordings.getFirst());
  }

  @Override
  public CompletionStage<RecordingView> untrim(String roomId, String recordingId) {
    said.add("untrim " + recordingId);
    return CompletableFuture.completedFuture(recordings.getFirst());
  }

  @Override
  public CompletionStage<RecordingView> compose(
      String roomId, String recordingId, TrackComposer.Show show) {
    said.add("compose " + recordingId + " " + show);
    return CompletableFuture.completedFuture(recordings.getFirst());
  }

  @Override
  public CompletionStage<RecordingView> uncompose(
      String roomId, String recordingId, TrackComposer.Show show) {
    said.add("uncompose " + recordingId + " " + show);
    return CompletableFuture.completedFuture(recordings.getFirst());
  }

  @Override
  public CompletionStage<Integrity> verify(String roomId, String recordingId) {
    return CompletableFuture.completedFuture(new Integrity(Integrity.WHOLE, "", ""));
  }

  @Override
  public void onRecordingChanged(RecordingListener listener) {}

  @Override
  public void putSource(SourceSpec source) {
    said.add("source " + source.id());
  }

  @Override
  public void removeSource(String sourceId) {
    said.add("no source " + sourceId);
    ProgramListener running = program;
    if (running != null) {
      running.released(sourceId);
    }
  }

  @Override
  public void restSource(String sourceId) {
    said.add("rests " + sourceId);
  }

  @Override
  public void muteSource(String sourceId, boolean muted) {
    said.add("mute " + sourceId + " " + muted);
  }

  @Override
  public void frame(
      String sourceId,
      ByteBuffer payload,
      long timestampTicks,
      long arrivalNanos,
      long captureNtpNanos,
      boolean keyFrame) {
    said.add("frame of " + sourceId);
  }

  @Override
  public void arrange(Arrangement wanted) {
    String hidden =
        wanted.hidden().isEmpty()
            ? ""
            : " without " + String.join(",", new TreeSet<>(wanted.hidden()));
    said.add("layout " + wanted.layout() + " " + wanted.spotlight() + hidden);
  }

  @Override
  public void slate(Slate slate) {
    said.add("slate " + slate.kind() + (slate.time().isEmpty() ? "" : " " + slate.time()));
  }

  @Override
  public void speaker(String participantId) {
    said.add("speaker " + participantId);
  }

  @Override
  public void format(
      String renditionId,
      boolean video,
      int width,
      int height,
      int bitrateBps,
      ByteBuffer codecConfig,
      int timescale,
      Instant startsAt) {
    said.add("format " + renditionId + " " + bitrateBps);
  }

  @Override
  public void sample(
      String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
    said.add("sample of " + renditionId + " at " + timeTicks);
  }

  @Override
  public CompletionStage<RecordingView> recording(boolean on) {
    said.add("recording " + on);
    RecordingView view =
        new RecordingView("r1", "maths", on ? "recording" : "processing", 0, "", "");
    recordings.clear();
    recordings.add(view);
    return disk.thenApply(free -> view);
  }

  @Override
  public void chapter(Instant at, String title) {
    said.add("chapter " + title + " at " + at);
  }

  @Override
  public void paused(boolean on) {
    said.add("recording paused " + on);
  }

  @Override
  public boolean caption(Instant from, Instant until, String text) {
    said.add("caption " + text);
    return true;
  }

  @Override
  public void happens(String type, Instant at, String title) {
    said.add("tells " + type + " \"" + title + "\"");
  }

  @Override
  public void suspend() {
    said.add("broadcast is suspended");
  }

  /** Ends the composition the first time and the broadcast the second: both are closed in order. */
  @Override
  public void close() {
    ProgramListener running = program;
    if (running != null) {
      program = null;
      said.add("composition closes");
      running.ended();
    } else {
      said.add("broadcast closes");
    }
  }

  @Override
  public void frameForwarded() {}

  @Override
  public void programLoudness(double lufs) {}

  @Override
  public void quarantined(String roomId, String trackId) {
    said.add("quarantined " + roomId + " " + trackId);
  }

  @Override
  public void composerRestarted() {
    said.add("composer restarted");
  }
}
