package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.packager.Ffmpeg;
import dev.amphi.packager.RealProgram;
import dev.amphi.packager.api.Integrity;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.node.PackagerNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that records is killed with SIGKILL at any moment, while it records or while it makes
 * the MP4; the next one has all that was told to be on the disk. Every second recording is
 * encrypted. {@code -Damphi.kills=100} does it a hundred times.
 */
final class KillIT {
  private static final int KILLS = Integer.getInteger("amphi.kills", 3);

  /** A class and the making of its MP4 take a little less. */
  private static final int LONGEST_MS = 3_600;

  private static Path encoded;

  /**
   * What one kill left.
   *
   * @param moment what the process was at
   */
  private record Left(String moment, double givenS, double durableS, double movieS) {}

  @BeforeAll
  static void encode(@TempDir Path shared) throws IOException {
    encoded = shared;
    Files.writeString(encoded.resolve("keys"), "5a".repeat(32) + "\n");
    RealProgram.encode(encoded, KilledNode.SECONDS);
  }

  @Test
  void whatWasOnTheDiskIsInTheMovieAfterAKill(@TempDir Path root) throws Exception {
    long seed = Long.getLong("amphi.seed", new Random().nextLong());
    Random random = new Random(seed);
    List<Left> all = new ArrayList<>();
    for (int round = 0; round < KILLS; round++) {
      Path data = Files.createDirectory(root.resolve("kill" + round));
      Path keys = round % 2 == 0 ? null : encoded.resolve("keys");
      List<String> said = killAfter(random.nextInt(LONGEST_MS), data, keys);
      all.add(check(said, data, keys, "seed " + seed + ", kill " + round));
      remove(data);
    }
    report(all);
  }

  /** Starts the process, kills it so long after it began to record, and tells what it said. */
  private static List<String> killAfter(int millis, Path data, @Nullable Path keys)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledNode.class.getName(),
                encoded.toString(),
                data.toString()));
    if (keys != null) {
      command.add(keys.toString());
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String first = lines.readLine();
      assertThat(first).as("the process records").isEqualTo("on 0.000");
      said.add(first);
      Thread killer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
                    // The process's own would close the stream in which its last words stand.
                    process.toHandle().destroyForcibly();
                  });
      lines.lines().forEach(said::add);
      killer.join();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as("the exit status of SIGKILL").isEqualTo(128 + 9);
    return said;
  }

  private static Left check(List<String> said, Path data, @Nullable Path keys, String which)
      throws Exception {
    double durable = last(said, "durable");
    boolean ready = said.stream().anyMatch(line -> line.startsWith("ready"));
    try (PackagerNode next =
        PackagerNode.create(data, Clock.systemUTC(), KilledNode.policy(keys))) {
      Awaitility.await()
          .until(() -> next.recordings("demo").getFirst().state().matches("ready|failed"));
      RecordingView view = next.recordings("demo").getFirst();
      if (view.state().equals("failed")) {
        assertThat(durable).as("%s: %s", which, view.detail()).isZero();
      } else {
        assertThat(view.durationS()).as(which).isGreaterThanOrEqualTo(durable - 0.001);
        Path movie = plain(next, view.id(), data.resolve("plain.mp4"));
        Integrity integrity =
            next.verify("demo", view.id()).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(integrity.state()).as("%s: %s", which, integrity.detail()).isEqualTo("whole");
        Ffmpeg.decode(movie.toString());
        String length = Ffmpeg.probe(movie, "-show_entries", "format=duration").getFirst();
        assertThat(Double.parseDouble(length)).as(which).isCloseTo(view.durationS(), within(0.03));
      }
      assertThat(view.detail().isEmpty() || view.detail().matches("(It was cut off|Nothing).*"))
          .as("%s: %s", which, view.detail())
          .isTrue();
      String moment = ready ? "after all" : last(said, "given") > 11.95 ? "ending" : "recording";
      return new Left(moment, last(said, "given"), durable, view.durationS());
    }
  }

  private static Path plain(PackagerNode node, String id, Path decrypted) throws IOException {
    try (RecordedContent movie = node.openMovie("demo", id).orElseThrow();
        FileChannel out =
            FileChannel.open(decrypted, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (movie.plain().isPresent()) {
        return movie.plain().get();
      }
      while (out.position() < movie.length()) {
        RecordingFolder.writeFully(out, movie.read(out.position(), 1 << 20));
      }
      return decrypted;
    }
  }

  private static double last(List<String> said, String what) {
    return said.stream()
        .filter(line -> line.startsWith(what + " "))
        // A kill may tear the last one.
        .filter(line -> line.matches(what + " \\d+\\.\\d{3}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(what.length() + 1)))
        .max()
        .orElse(0);
  }

  private static void report(List<Left> all) {
    List<Double> lost =
        all.stream()
            .filter(left -> left.moment().equals("recording"))
            .map(left -> Math.max(0, left.givenS() - left.movieS()))
            .sorted()
            .toList();
    System.out.printf(
        Locale.ROOT,
        "KILLS %d: %d recording, %d ending, %d after all; media given but not in the MP4:"
            + " median %.3f s, worst %.3f s (at four times the pace)%n",
        all.size(),
        all.stream().filter(left -> left.moment().equals("recording")).count(),
        all.stream().filter(left -> left.moment().equals("ending")).count(),
        all.stream().filter(left -> left.moment().equals("after all")).count(),
        lost.isEmpty() ? 0 : lost.get(lost.size() / 2),
        lost.isEmpty() ? 0 : lost.getLast());
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
