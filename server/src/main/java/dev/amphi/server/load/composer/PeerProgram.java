package dev.amphi.server.load.composer;

import dev.amphi.server.load.LoadFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Another program that composes.
 *
 * @param versionCommand whose first line of output names the build
 * @param command what it is to be called with for a scene
 */
record PeerProgram(
    String name, List<String> versionCommand, Function<BenchScene, List<String>> command)
    implements Contestant {
  @Override
  public String version() throws LoadFailed, InterruptedException {
    try {
      Process process = new ProcessBuilder(versionCommand).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return text.lines().findFirst().orElse("unknown build");
    } catch (IOException e) {
      throw new LoadFailed(
          "'"
              + versionCommand.getFirst()
              + "' cannot be started ("
              + e.getMessage()
              + "): ./amphi bench composer installs it.");
    }
  }

  @Override
  public Running start(BenchScene scene) throws IOException {
    return new PeerProcess(command.apply(scene));
  }
}
