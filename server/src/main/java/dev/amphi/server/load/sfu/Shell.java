package dev.amphi.server.load.sfu;

import dev.amphi.server.load.LoadFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands of the system. */
final class Shell {
  private static final long PATIENCE_SECONDS = 30;

  private Shell() {}

  /** The command's output; fails with it when the command does. */
  static String run(List<String> command) throws LoadFailed, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new LoadFailed("'" + String.join(" ", command) + "' did not end.");
      }
      if (process.exitValue() != 0) {
        throw new LoadFailed("'" + String.join(" ", command) + "' failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new LoadFailed("'" + command.getFirst() + "' cannot be started: " + e.getMessage());
    }
  }
}
