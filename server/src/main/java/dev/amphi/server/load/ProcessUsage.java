package dev.amphi.server.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a process has used, from Linux's {@code /proc} (proc_pid_stat(5)).
 *
 * @param cpuSeconds user and system time since its start
 * @param residentMib memory that it holds
 */
public record ProcessUsage(double cpuSeconds, double residentMib) {
  /** USER_HZ, which every Linux that Java runs on has at 100. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  /** Empty when the process is gone, or where there is no {@code /proc}. */
  public static Optional<ProcessUsage> of(long pid) {
    Path folder = Path.of("/proc", Long.toString(pid));
    try {
      return Optional.of(
          parse(
              Files.readString(folder.resolve("stat")),
              Files.readString(folder.resolve("status"))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Reads the two files' texts. */
  static ProcessUsage parse(String stat, String status) {
    // The second field is the command in brackets and may hold blanks: count from behind it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    double kib =
        status
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElse(0);
    return new ProcessUsage(ticks / TICKS_PER_SECOND, kib / 1_024);
  }
}
