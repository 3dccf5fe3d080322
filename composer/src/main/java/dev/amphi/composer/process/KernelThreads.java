package dev.amphi.composer.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks Linux what the threads of a process do (proc(5): stat and schedstat of each task). */
final class KernelThreads {
  private KernelThreads() {}

  /** The number of the thread that asks, or 0 where the system does not tell. */
  static long current() {
    try {
      Path self = Files.readSymbolicLink(Path.of("/proc/thread-self"));
      return Long.parseLong(self.getFileName().toString());
    } catch (IOException | NumberFormatException | UnsupportedOperationException e) {
      return 0; // this is not Linux
    }
  }

  /** The threads of a process; none where the system does not tell. */
  static List<ThreadTime> of(long pid) {
    return in(Path.of("/proc/" + pid + "/task"));
  }

  /** The threads of which a folder tells. */
  static List<ThreadTime> in(Path tasks) {
    List<ThreadTime> threads = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
      for (Path task : all) {
        read(task, threads);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return List.of(); // the process has just ended, or this is not Linux
    }
    return threads;
  }

  private static void read(Path task, List<ThreadTime> threads) {
    try {
      String stat = Files.readString(task.resolve("stat"));
      String[] words = Files.readString(task.resolve("schedstat")).strip().split(" ", -1);
      long turns = Long.parseLong(words[2]);
      if (turns > 0) { // else it has never run, or this kernel does not count
        threads.add(
            new ThreadTime(
                Long.parseLong(task.getFileName().toString()),
                stat.charAt(stat.lastIndexOf(')') + 2) == 'R',
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                turns));
      }
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return; // the thread has just ended, or this kernel does not count
    }
  }
}
