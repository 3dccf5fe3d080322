package dev.amphi.server.cli;

import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.LoadProgress;
import dev.amphi.server.load.origin.OriginBench;
import dev.amphi.server.load.origin.OriginPlan;
import dev.amphi.server.load.origin.OriginTable;
import dev.amphi.server.node.LogSetup;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code amphi bench hls}. */
@Command(
    name = "hls",
    description =
        "Serve a live class's playlist and a segment of it beside nginx with the same from memory;"
            + " thousands of reloads that wait; a crowd that watches.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class BenchHlsCommand implements Callable<Integer> {
  @Option(
      names = "--case",
      paramLabel = "CASE",
      split = ",",
      description = "playlist, segment, waiting, crowd")
  private List<String> cases = List.of("playlist", "segment", "waiting", "crowd");

  @Option(names = "--seconds", paramLabel = "S", description = "length of one measurement")
  private int seconds = 10;

  @Option(names = "--rounds", paramLabel = "N", description = "how often each is compared")
  private int rounds = 3;

  @Option(names = "--connections", paramLabel = "N", description = "of wrk")
  private int connections = 200;

  @Option(names = "--waiting", paramLabel = "N", description = "reloads that wait at once")
  private int waiting = 10_000;

  @Option(names = "--viewers", paramLabel = "N", description = "who watch at once")
  private int viewers = 5_000;

  @Option(names = "--rendition", paramLabel = "R", description = "what the program is coded as")
  private String rendition = "480p";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    OriginPlan plan = plan();
    Logger.getLogger("").setLevel(Level.WARNING);
    LoadProgress progress = new LoadProgress(spec.commandLine().getErr(), LogSetup.terminal());
    try {
      PrintWriter out = spec.commandLine().getOut();
      OriginTable.lines(new OriginBench(plan, progress).run()).forEach(out::println);
      out.flush();
      return 0;
    } catch (LoadFailed e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    }
  }

  private OriginPlan plan() throws CommandFailed {
    for (int value : new int[] {seconds, rounds, connections, waiting, viewers}) {
      if (value < 1 || value > 100_000) {
        throw new CommandFailed("Each number must be from 1 to 100000, but one is " + value + ".");
      }
    }
    Set<OriginPlan.Case> chosen = EnumSet.noneOf(OriginPlan.Case.class);
    for (String name : cases) {
      try {
        chosen.add(OriginPlan.Case.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new CommandFailed(
            "--case has '" + name + "', but it must be playlist, segment, waiting or crowd.");
      }
    }
    return new OriginPlan(chosen, seconds, rounds, connections, waiting, viewers, rendition);
  }
}
