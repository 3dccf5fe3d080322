package dev.amphi.server.load.origin;

import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.ProcessUsage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One address, asked for as often as one thread of wrk and the server can. */
final class Wrk {
  private static final Pattern TOTAL =
      Pattern.compile("(\\d+) requests in ([0-9.]+)(ms|s|m), ([0-9.]+)(B|KB|MB|GB|TB) read");
  private static final Pattern FAILED =
      Pattern.compile("Non-2xx or 3xx responses: (\\d+)|Socket errors: (.*)");

  private Wrk() {}

  /**
   * What a server did.
   *
   * @param cpuSeconds of the server's process
   */
  record Sample(double requests, double bytes, double seconds, double cpuSeconds, String errors) {
    double requestsPerCpuSecond() {
      return requests / cpuSeconds;
    }

    double bytesPerCpuSecond() {
      return bytes / cpuSeconds;
    }

    /** The same without what the process does whether it is asked or not, in processors. */
    Sample without(double idleCpu) {
      return new Sample(requests, bytes, seconds, cpuSeconds - idleCpu * seconds, errors);
    }

    double requestsPerSecond() {
      return requests / seconds;
    }
  }

  /** Measures; blocks for so many seconds. */
  static Sample run(URI address, int connections, int seconds, long serverPid)
      throws LoadFailed, InterruptedException {
    double before = cpu(serverPid);
    String output = output(address, connections, seconds);
    double cpu = cpu(serverPid) - before;
    return parse(output, cpu);
  }

  private static double cpu(long pid) throws LoadFailed {
    return ProcessUsage.of(pid)
        .map(ProcessUsage::cpuSeconds)
        .orElseThrow(() -> new LoadFailed("The server's process is gone."));
  }

  private static String output(URI address, int connections, int seconds)
      throws LoadFailed, InterruptedException {
    List<String> command =
        List.of(
            "wrk",
            "-t1",
            "-c" + connections,
            "-d" + seconds + "s",
            "-H",
            "Accept-Encoding: gzip",
            address.toString());
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new LoadFailed("wrk failed: " + output.strip());
      }
      return output;
    } catch (IOException e) {
      throw new LoadFailed("wrk cannot be started: " + e.getMessage());
    }
  }

  /** Reads what wrk says. */
  static Sample parse(String output, double cpuSeconds) throws LoadFailed {
    Matcher total = TOTAL.matcher(output);
    if (!total.find()) {
      throw new LoadFailed("wrk said: " + output.strip());
    }
    double seconds =
        Double.parseDouble(total.group(2))
            * switch (total.group(3)) {
              case "ms" -> 1e-3;
              case "m" -> 60;
              default -> 1;
            };
    int power = List.of("B", "KB", "MB", "GB", "TB").indexOf(total.group(5));
    double bytes = Double.parseDouble(total.group(4)) * Math.pow(1024, power);
    Matcher failed = FAILED.matcher(output);
    return new Sample(
        Double.parseDouble(total.group(1)),
        bytes,
        seconds,
        cpuSeconds,
        failed.find() ? failed.group() : "");
  }
}
