package dev.amphi.server.cli;

import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.LoadProgress;
import dev.amphi.server.load.sfu.SfuBench;
import dev.amphi.server.load.sfu.SfuJson;
import dev.amphi.server.load.sfu.SfuPlan;
import dev.amphi.server.load.sfu.SfuReport;
import dev.amphi.server.load.sfu.SfuTable;
import dev.amphi.server.node.LogSetup;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code amphi bench sfu}. */
@Command(
    name = "sfu",
    description =
        "Forward one stream to many and a stage to itself: this node beside Janus, in turn, each on"
            + " a core of its own in a network namespace. Needs root and two cores.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class BenchSfuCommand implements Callable<Integer> {
  @Option(
      names = "--subscribers",
      paramLabel = "N",
      split = ",",
      description = "numbers of subscribers to one publisher; 0 for none")
  private List<Integer> subscribers = List.of(100, 200, 400);

  @Option(
      names = "--stage",
      paramLabel = "N",
      split = ",",
      description = "numbers of participants who all see each other; 0 for none")
  private List<Integer> stage = List.of(10, 20);

  @Option(names = "--seconds", paramLabel = "S", description = "length of one measurement")
  private int seconds = 10;

  @Option(names = "--settle", paramLabel = "S", description = "wait before each measurement")
  private int settle = 3;

  @Option(names = "--rounds", paramLabel = "N", description = "how often each is measured")
  private int rounds = 3;

  @Option(names = "--only", paramLabel = "SERVER", description = "amphi or janus")
  private @Nullable String only;

  @Option(
      names = "--janus-event-loops",
      paramLabel = "N",
      description = "threads of Janus; 0 for its default, one for each peer connection")
  private int janusEventLoops;

  @Option(
      names = "--loopback",
      description = "this node alone on loopback, on any core, without root: not for figures")
  private boolean loopback;

  @Option(names = "--json", description = "print the result as one JSON object")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    SfuPlan plan = plan();
    Logger.getLogger("").setLevel(Level.WARNING);
    LoadProgress progress = new LoadProgress(spec.commandLine().getErr(), LogSetup.terminal());
    try {
      SfuReport report = new SfuBench(plan, progress).run();
      PrintWriter out = spec.commandLine().getOut();
      (json ? List.of(SfuJson.text(report)) : SfuTable.lines(report)).forEach(out::println);
      out.flush();
      return 0;
    } catch (LoadFailed e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    }
  }

  private SfuPlan plan() throws CommandFailed {
    Set<SfuPlan.Peer> peers = peers();
    if (loopback && peers.contains(SfuPlan.Peer.JANUS)) {
      throw new CommandFailed(
          "--loopback is for this node alone, since Janus serves no loopback: add --only amphi.");
    }
    if (!loopback && !"root".equals(System.getProperty("user.name"))) {
      throw new CommandFailed(
          "bench sfu makes network namespaces and needs root: run it with sudo, or look at this node"
              + " alone with --only amphi --loopback.");
    }
    positive("--seconds", seconds);
    positive("--rounds", rounds);
    if (settle < 0 || janusEventLoops < 0) {
      throw new CommandFailed("--settle and --janus-event-loops may not be negative.");
    }
    List<Integer> fanOut = sizes("--subscribers", subscribers, 1);
    List<Integer> stages = sizes("--stage", stage, 2);
    if (fanOut.isEmpty() && stages.isEmpty()) {
      throw new CommandFailed("--subscribers and --stage are both 0: nothing is to be measured.");
    }
    return new SfuPlan(fanOut, stages, seconds, settle, rounds, peers, !loopback, janusEventLoops);
  }

  private Set<SfuPlan.Peer> peers() throws CommandFailed {
    if (only == null) {
      return Set.of(SfuPlan.Peer.values());
    }
    for (SfuPlan.Peer peer : SfuPlan.Peer.values()) {
      if (peer.name().toLowerCase(Locale.ROOT).equals(only)) {
        return Set.of(peer);
      }
    }
    throw new CommandFailed("--only is '" + only + "', but it must be amphi or janus.");
  }

  private static List<Integer> sizes(String option, List<Integer> sizes, int least)
      throws CommandFailed {
    for (int size : sizes) {
      if (size != 0 && (size < least || size > 2_000)) {
        throw new CommandFailed(
            option + " has " + size + ", but each must be from " + least + " to 2000, or 0.");
      }
    }
    return sizes.stream().filter(size -> size != 0).toList();
  }

  private static void positive(String option, int value) throws CommandFailed {
    if (value < 1) {
      throw new CommandFailed(option + " is " + value + ", but it must be at least 1.");
    }
  }
}
