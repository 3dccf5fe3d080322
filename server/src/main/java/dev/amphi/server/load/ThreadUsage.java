package dev.amphi.server.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each thread of a process has used, from Linux's {@code /proc/PID/task} (proc_pid_task(5)).
 * Threads of one name, up to a number at its end, are one.
 *
 * @param seconds user and system time by thread id
 * @param names of the same threads; Linux cuts them after 15 letters
 */
public record ThreadUsage(Map<Long, Double> seconds, Map<Long, String> names) {
  /** Who used less is not told of. */
  private static final double LEAST = 0.0005;

  public ThreadUsage {
    seconds = Map.copyOf(seconds);
    names = Map.copyOf(names);
  }

  /** Empty when the process is gone, or where there is no {@code /proc}. */
  public static ThreadUsage of(long pid) {
    Map<Long, Double> seconds = new HashMap<>();
    Map<Long, String> names = new HashMap<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks.toList()) {
        String stat = Files.readString(task.resolve("stat"));
        long id = Long.parseLong(String.valueOf(task.getFileName()));
        seconds.put(id, ProcessUsage.parse(stat, "").cpuSeconds());
        names.put(id, stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')));
      }
    } catch (IOException e) {
      return new ThreadUsage(Map.of(), Map.of()); // it, or one of its threads, has just ended
    }
    return new ThreadUsage(seconds, names);
  }

  /** Who used what since then, the most first, in CPU-seconds for each of so many seconds. */
  public String since(ThreadUsage before, double of) {
    Map<String, Double> used = new TreeMap<>();
    seconds.forEach(
        (id, now) ->
            used.merge(
                names.getOrDefault(id, "").replaceAll("[ #0-9]*$", ""),
                (now - before.seconds.getOrDefault(id, 0.0)) / of,
                Double::sum));
    List<Map.Entry<String, Double>> most =
        used.entrySet().stream()
            .filter(entry -> entry.getValue() >= LEAST)
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .toList();
    return most.stream()
        .map(entry -> String.format(Locale.ROOT, "%s %.3f", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
