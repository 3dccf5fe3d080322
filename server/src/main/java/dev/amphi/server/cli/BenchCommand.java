package dev.amphi.server.cli;

import dev.amphi.server.config.Units;
import dev.amphi.server.load.LatencyBench;
import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.LoadProgress;
import dev.amphi.server.node.LogSetup;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code amphi bench}: the measurements of {@code docs/benchmarks.md}. */
@Command(
    name = "bench",
    description = "Measure a node of its own on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BenchCommand.Latency.class,
      BenchSfuCommand.class,
      BenchComposerCommand.class,
      BenchHlsCommand.class
    })
final class BenchCommand {
  /** {@code amphi bench latency}. */
  @Command(
      name = "latency",
      description =
          "Start a node with a class of three and some viewers; print join time, glass-to-glass"
              + " latency, CPU and memory.",
      mixinStandardHelpOptions = true,
      showDefaultValues = true)
  static final class Latency implements Callable<Integer> {
    @Option(
        names = "--duration",
        paramLabel = "TIME",
        description = "how long the class is watched")
    private String duration = "60s";

    @Option(names = "--viewers", paramLabel = "V", description = "who watch by Low-Latency HLS")
    private int viewers = 10;

    @Option(names = "--json", description = "print the result as one JSON object")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
      Duration time =
          Units.duration(duration)
              .filter(Duration::isPositive)
              .orElseThrow(
                  () ->
                      new CommandFailed(
                          "--duration is '" + duration + "', but it must be a time, as 60s."));
      if (viewers < 1) {
        throw new CommandFailed("--viewers is " + viewers + ", but it must be at least 1.");
      }
      Logger.getLogger("").setLevel(Level.WARNING);
      LoadProgress progress = new LoadProgress(spec.commandLine().getErr(), LogSetup.terminal());
      try {
        List<String> lines = new LatencyBench(time, viewers, progress).run(json);
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
        return 0;
      } catch (LoadFailed e) {
        throw new CommandFailed(String.valueOf(e.getMessage()));
      }
    }
  }
}
