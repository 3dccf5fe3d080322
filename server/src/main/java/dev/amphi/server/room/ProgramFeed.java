package dev.amphi.server.room;

import dev.amphi.composer.api.ShownScene;
import dev.amphi.interactive.api.ProgramFrame;
import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.interactive.api.ProgramTile;
import dev.amphi.interactive.api.Stage;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.server.tracks.ProgramRun;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings what a composition makes to those who watch it over WebRTC, as far as somebody does. The
 * stage says on its own thread what is wanted; frames come on the composition's.
 */
final class ProgramFeed {
  private static final long NANOS = 1_000_000_000L;

  /** From 1900, where NTP begins, to 1970. */
  private static final long NTP_TO_UNIX_SECONDS = 2_208_988_800L;

  private static final int PICTURE_TICKS = 90_000;
  private static final int SOUND_TICKS = 48_000;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final String roomId;
  private final Stage stage;
  private final ClassClock times;
  private final Map<String, ByteBuffer> parameterSets = new ConcurrentHashMap<>();
  private volatile Set<ProgramStream> wanted = Set.of();
  private volatile Clock clock = new Clock(0, 0);
  private volatile @Nullable ProgramRun run;

  /** Where the program's time zero is. */
  private record Clock(int epoch, long zeroNtpNanos) {}

  ProgramFeed(String roomId, Stage stage, ClassClock times) {
    this.roomId = roomId;
    this.stage = stage;
    this.times = times;
  }

  /** Somebody began or ceased to watch. */
  void wanted(Set<ProgramStream> streams) {
    wanted = Set.copyOf(streams);
  }

  /** The mixes of the sound that are listened to, by who is left out. */
  Set<String> mixes() {
    return wanted.stream()
        .filter(stream -> stream.kind() == Kind.AUDIO)
        .map(ProgramStream::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The program begins, or begins again. */
  void format(
      String renditionId, boolean video, ByteBuffer codecConfig, Instant startsAt, int epoch) {
    if (video) {
      parameterSets.put(renditionId, AnnexB.parameterSets(codecConfig));
    }
    long seconds = startsAt.getEpochSecond() + NTP_TO_UNIX_SECONDS;
    clock = new Clock(epoch, seconds * NANOS + startsAt.getNano());
    ProgramRun known = run;
    if (known == null || !known.startsAt().equals(startsAt)) {
      run = new ProgramRun(startsAt, times.nanosAt(startsAt));
    }
  }

  /** The run of the program that there is now. */
  Optional<ProgramRun> run() {
    return Optional.ofNullable(run);
  }

  /** The picture shows another scene. */
  void scene(ShownScene scene) {
    stage.shownInProgram(
        roomId,
        scene.tiles().stream()
            .filter(tile -> tile.kind() != ShownScene.Kind.SLATE)
            .map(ProgramFeed::tile)
            .toList());
  }

  /** Whose camera is not there yet has initials in its place. */
  private static ProgramTile tile(ShownScene.Tile tile) {
    Source source = tile.kind() == ShownScene.Kind.SHARE ? Source.SCREEN : Source.CAMERA;
    return new ProgramTile(tile.participantId(), source, tile.width(), tile.height());
  }

  /** One access unit of a picture. */
  void picture(String renditionId, ByteBuffer payload, long timeTicks, boolean sync) {
    ProgramStream stream = ProgramStream.picture(renditionId);
    if (wanted.contains(stream)) {
      ByteBuffer before = sync ? parameterSets.getOrDefault(renditionId, NOTHING) : NOTHING;
      bring(stream, AnnexB.accessUnit(before, payload), timeTicks, PICTURE_TICKS, sync);
    }
  }

  /** One Opus packet of a mix. */
  void sound(String without, ByteBuffer payload, long timeTicks) {
    ProgramStream stream = new ProgramStream(Kind.AUDIO, without);
    if (wanted.contains(stream)) {
      bring(stream, payload, timeTicks, SOUND_TICKS, true);
    }
  }

  private void bring(
      ProgramStream stream, ByteBuffer payload, long timeTicks, int timescale, boolean sync) {
    Clock now = clock;
    long ntpNanos =
        now.zeroNtpNanos()
            + timeTicks / timescale * NANOS
            + timeTicks % timescale * NANOS / timescale;
    if (payload.hasRemaining()) {
      stage.program(
          roomId, new ProgramFrame(stream, now.epoch(), payload, timeTicks, ntpNanos, sync));
    }
  }
}
