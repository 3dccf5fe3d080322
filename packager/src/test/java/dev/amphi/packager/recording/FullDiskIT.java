package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.amphi.packager.Ffmpeg;
import dev.amphi.packager.RealProgram;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.node.PackagerNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk, of two megabytes, becomes full; for root, who may mount one. */
final class FullDiskIT {
  private static final double STEP_S = 2;

  @Test
  void aFullDiskIsToldInTimeStopsTheRecordingAloneAndLosesNothing(@TempDir Path folder)
      throws Exception {
    RealProgram program = RealProgram.encode(folder, 12);
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        mount("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()),
        "this user cannot mount a small disk");
    try {
      double kept;
      try (PackagerNode node = PackagerNode.create(disk, Clock.systemUTC())) {
        Broadcast broadcast = node.open("demo", 1);
        broadcastUntilFull(program, node, broadcast);
        RecordingView failed = view(node);
        kept = failed.durationS();
        assertThat(failed.detail()).contains("the class goes on").contains("No space left");
        assertThat(node.program("demo").orElseThrow().window().playable()).isTrue();
      }
      assertThat(mount("mount", "-o", "remount,size=32m", disk.toString())).isTrue();
      try (PackagerNode next = PackagerNode.create(disk, Clock.systemUTC())) {
        Awaitility.await().until(() -> RecordingState.isOver(view(next)));
        RecordingView ready = view(next);
        assertThat(ready.state()).as(ready.detail()).isEqualTo("ready");
        assertThat(ready.durationS()).isGreaterThanOrEqualTo(kept - 0.001);
        assertThat(ready.detail()).startsWith("It was cut off");
        Ffmpeg.decode(next.movie("demo", ready.id()).orElseThrow().toString());
      }
    } finally {
      mount("umount", "-l", disk.toString());
    }
  }

  private static void broadcastUntilFull(
      RealProgram program, PackagerNode node, Broadcast broadcast) throws Exception {
    program.declare(broadcast, RealProgram.STARTS_AT);
    broadcast.recording(true).toCompletableFuture().get(20, TimeUnit.SECONDS);
    boolean warned = false;
    for (int run = 0; run < 20; run++) {
      if (run > 0) {
        program.declare(broadcast, RealProgram.STARTS_AT.plusSeconds(12L * run));
      }
      for (double from = 0; from < 12; from += STEP_S) {
        double wanted = 12 * run + from + STEP_S - 0.4;
        program.play(broadcast, from, from + STEP_S);
        Awaitility.await()
            .until(() -> RecordingState.isOver(view(node)) || view(node).durationS() >= wanted);
        if (RecordingState.isOver(view(node))) {
          assertThat(warned).as("it was told before").isTrue();
          return;
        }
        warned |= view(node).detail().matches("The disk has room for about \\d+ more minutes.*");
      }
    }
    throw new AssertionError("the disk never became full");
  }

  private static RecordingView view(PackagerNode node) {
    return node.recordings("demo").getFirst();
  }

  private static boolean mount(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0;
  }
}
