package dev.amphi.packager.recording;

import dev.amphi.packager.RealProgram;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.crypt.MasterKeys;
import dev.amphi.packager.node.PackagerNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A process that records a program four times as fast as it is, ends the class and waits to be
 * killed. It says what it was given and, after that, what it was told to be on the disk.
 */
final class KilledNode {
  static final int SECONDS = 12;
  private static final double SLICE_S = 0.1;
  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  private KilledNode() {}

  /** Takes the folder of the encoded program, the data folder and perhaps a file of master keys. */
  public static void main(String[] arguments) throws Exception {
    RealProgram program = RealProgram.load(Path.of(arguments[0]));
    Path keys = arguments.length < 3 ? null : Path.of(arguments[2]);
    PackagerNode node = PackagerNode.create(Path.of(arguments[1]), Clock.systemUTC(), policy(keys));
    Broadcast broadcast = node.open("demo", 1);
    program.declare(broadcast, RealProgram.STARTS_AT);
    broadcast.recording(true).toCompletableFuture().get(20, TimeUnit.SECONDS);
    say("on", 0);
    int slices = (int) Math.round(SECONDS / SLICE_S);
    for (int slice = 0; slice < slices; slice++) {
      program.play(broadcast, slice * SLICE_S, (slice + 1) * SLICE_S);
      say("given", (slice + 1) * SLICE_S);
      say("durable", node.recordings("demo").getFirst().durationS());
      LockSupport.parkNanos(PACE_NANOS);
    }
    broadcast.close();
    RecordingView view = node.recordings("demo").getFirst();
    while (!view.state().equals("ready")) {
      view = node.recordings("demo").getFirst();
    }
    say("ready", view.durationS());
    LockSupport.park();
  }

  static RecordingPolicy policy(@Nullable Path keys) throws IOException {
    return keys == null
        ? RecordingPolicy.PLAIN
        : new RecordingPolicy(
            new RecordingKeys(MasterKeys.read(keys, new SecureRandom())), Duration.ZERO);
  }

  private static void say(String what, double seconds) {
    System.out.println(String.format(Locale.ROOT, "%s %.3f", what, seconds));
    System.out.flush();
  }
}
