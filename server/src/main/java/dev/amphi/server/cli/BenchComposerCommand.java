package dev.amphi.server.cli;

import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.LoadProgress;
import dev.amphi.server.load.composer.ComposerBench;
import dev.amphi.server.load.composer.ComposerJson;
import dev.amphi.server.load.composer.ComposerPlan;
import dev.amphi.server.load.composer.ComposerReport;
import dev.amphi.server.load.composer.ComposerTable;
import dev.amphi.server.node.LogSetup;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code amphi bench composer}. */
@Command(
    name = "composer",
    description =
        "Compose four cameras, a share and a ladder of renditions in real time: this composer beside"
            + " FFmpeg's command line and GStreamer, in turn, with the same x264. Then this composer"
            + " alone: its delay and memory, four rooms at once, moves. Ends with the goals.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class BenchComposerCommand implements Callable<Integer> {
  private static final String CASES = String.join(", ", ComposerPlan.Case.ids());

  @Option(
      names = "--case",
      paramLabel = "CASE",
      split = ",",
      description = "motion, share, ladder (beside others); delay, rooms, transition (alone)")
  private List<String> cases = ComposerPlan.Case.ids();

  @Option(names = "--seconds", paramLabel = "S", description = "length of one comparison")
  private int seconds = 8;

  @Option(names = "--settle", paramLabel = "S", description = "wait before each measurement")
  private int settle = 30;

  @Option(names = "--rounds", paramLabel = "N", description = "how often each is compared")
  private int rounds = 3;

  @Option(
      names = "--only",
      paramLabel = "WHO",
      split = ",",
      description = "amphi, ffmpeg (Debian's), preset (FFmpeg of the jar), gstreamer, floor")
  private List<String> only = List.copyOf(ComposerPlan.EVERYBODY);

  @Option(
      names = "--java",
      paramLabel = "OPTIONS",
      description =
          "measure Amphi once more with these options for its child's Java, as -XX:+UseParallelGC;"
              + " may be given several times")
  private List<String> java = List.of();

  @Option(names = "--verbose", description = "print the others' command lines too")
  private boolean verbose;

  @Option(names = "--json", description = "print the result as one JSON object")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    ComposerPlan plan = plan();
    Logger.getLogger("").setLevel(Level.WARNING);
    LoadProgress progress = new LoadProgress(spec.commandLine().getErr(), LogSetup.terminal());
    try {
      ComposerReport report = new ComposerBench(plan, progress).run();
      PrintWriter out = spec.commandLine().getOut();
      (json ? List.of(ComposerJson.text(report)) : ComposerTable.lines(report, verbose))
          .forEach(out::println);
      out.flush();
      return 0;
    } catch (LoadFailed e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    }
  }

  private ComposerPlan plan() throws CommandFailed {
    List<ComposerPlan.Case> wanted = new ArrayList<>();
    for (String id : cases) {
      wanted.add(
          ComposerPlan.Case.named(id)
              .orElseThrow(
                  () -> new CommandFailed("--case is '" + id + "', but it must be of " + CASES)));
    }
    for (String who : only) {
      if (!ComposerPlan.EVERYBODY.contains(who)) {
        throw new CommandFailed(
            "--only has '" + who + "', but it knows " + String.join(", ", ComposerPlan.EVERYBODY));
      }
    }
    positive("--seconds", seconds);
    positive("--rounds", rounds);
    positive("--settle", settle);
    return new ComposerPlan(wanted, only, java, settle, seconds, rounds);
  }

  private static void positive(String option, int value) throws CommandFailed {
    if (value < 1) {
      throw new CommandFailed(option + " is " + value + ", but it must be at least 1.");
    }
  }
}
