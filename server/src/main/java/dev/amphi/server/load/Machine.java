package dev.amphi.server.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a measurement runs on. */
public final class Machine {
  private Machine() {}

  /** Cores, processor and kernel in one line. */
  public static String text() throws IOException {
    String model =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .findFirst()
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .orElse("unknown processor");
    return Runtime.getRuntime().availableProcessors()
        + " cores for Java, "
        + model
        + ", Linux "
        + System.getProperty("os.version");
  }

  /** How many were running or waiting in the last minute, on average. */
  public static String loadAverage() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
  }
}
