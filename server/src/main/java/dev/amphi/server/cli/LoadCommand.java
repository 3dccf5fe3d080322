package dev.amphi.server.cli;

import dev.amphi.interactive.api.TrackView;
import dev.amphi.server.config.Units;
import dev.amphi.server.load.EnduringRun;
import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.LoadJson;
import dev.amphi.server.load.LoadPlan;
import dev.amphi.server.load.LoadProgress;
import dev.amphi.server.load.LoadReport;
import dev.amphi.server.load.LoadRun;
import dev.amphi.server.load.LoadTable;
import dev.amphi.server.load.RoomTokens;
import dev.amphi.server.node.LogSetup;
import dev.amphi.server.token.RoomToken;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code amphi load}: synthetic publishers, subscribers and viewers against any node. */
@Command(
    name = "load",
    description = "Bring synthetic participants and viewers to a node and measure what they meet.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class LoadCommand implements Callable<Integer> {
  private static final int REPORT_SECONDS = 60;
  private static final Duration FOREVER = Duration.ofDays(3_650);

  @Option(names = "--url", paramLabel = "URL", description = "the node")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Option(names = "--room", paramLabel = "R", description = "made when it is not there")
  private @Nullable String room;

  @Option(names = "--publishers", paramLabel = "N", description = "on stage, the first teaches")
  private int publishers = 1;

  @Option(names = "--subscribers", paramLabel = "M", description = "who receive all tracks")
  private int subscribers = 1;

  @Option(names = "--viewers", paramLabel = "V", description = "who watch by Low-Latency HLS")
  private int viewers = 1;

  @Option(names = "--duration", paramLabel = "TIME", description = "how long, once all are in")
  private String duration = "30s";

  @Option(names = "--forever", description = "come and go until Ctrl-C, and print a line a minute")
  private boolean forever;

  @Option(names = "--size", paramLabel = "WxH", description = "of the pictures, even")
  private String size = "640x360";

  @Option(names = "--fps", paramLabel = "N", description = "pictures a second")
  private int framesPerSecond = 30;

  @Option(names = "--codec", paramLabel = "CODEC", description = "vp8 or h264")
  private String codec = "vp8";

  @Option(
      names = "--live",
      negatable = true,
      description = "go live; by default when this run made the room")
  private @Nullable Boolean live;

  @Option(names = "--json", description = "print the result as one JSON object, or each minute's")
  private boolean json;

  @Mixin private KeyOptions keys = new KeyOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    LoadPlan plan = plan();
    RoomTokens tokens =
        new RoomTokens(keys.read(System.getenv()), plan.room(), InstantSource.system());
    Logger.getLogger("").setLevel(Level.WARNING);
    if (forever) {
      return goOn(plan, tokens);
    }
    LoadProgress progress = new LoadProgress(spec.commandLine().getErr(), LogSetup.terminal());
    try (LoadRun run = new LoadRun(plan, tokens, progress)) {
      run.begin();
      Thread atCtrlC = new Thread(() -> print(run.report()), "load-report");
      Runtime.getRuntime().addShutdownHook(atCtrlC);
      run.stay();
      Runtime.getRuntime().removeShutdownHook(atCtrlC);
      LoadReport report = run.report();
      run.removeRoom();
      print(report);
      return code(report);
    } catch (LoadFailed e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    }
  }

  private int goOn(LoadPlan plan, RoomTokens tokens) throws InterruptedException, LoadFailed {
    PrintWriter out = spec.commandLine().getOut();
    try (EnduringRun run = new EnduringRun(plan, tokens, REPORT_SECONDS)) {
      Thread atCtrlC = new Thread(() -> leave(run), "load-leave");
      Runtime.getRuntime().addShutdownHook(atCtrlC);
      run.run(
          line -> {
            out.println(line);
            out.flush();
          },
          json);
      return 0;
    }
  }

  private void leave(EnduringRun run) {
    try {
      run.close();
    } catch (LoadFailed e) {
      spec.commandLine().getErr().println("amphi: " + e.getMessage());
    }
  }

  private int code(LoadReport report) {
    if (report.anybodyJoined()) {
      return 0;
    }
    spec.commandLine()
        .getErr()
        .println(
            "amphi: nobody could join '%s' on %s; see the errors.".formatted(report.room(), url));
    return 1;
  }

  private void print(LoadReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(LoadJson.text(report));
    } else {
      out.println();
      LoadTable.lines(report).forEach(out::println);
    }
    out.flush();
  }

  private LoadPlan plan() throws CommandFailed {
    if (url.getScheme() == null || url.getHost() == null) {
      throw wrong("--url", url.toString(), "a node's address, as http://127.0.0.1:8080");
    }
    String chosen =
        room == null ? "load-%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24)) : room;
    if (!RoomToken.isRoomId(chosen)) {
      throw wrong("--room", chosen, "letters, digits, '-' and '_'");
    }
    String[] sides = size.split("x", -1);
    if (sides.length != 2 || !size.matches("[1-9]\\d{1,3}[02468]x[1-9]\\d{1,2}[02468]")) {
      throw wrong("--size", size, "a width and a height, both even, as 640x360");
    }
    if (!codec.equals("vp8") && !codec.equals("h264")) {
      throw wrong("--codec", codec, "vp8 or h264");
    }
    if (framesPerSecond < 1 || framesPerSecond > 60) {
      throw wrong("--fps", Integer.toString(framesPerSecond), "from 1 to 60");
    }
    counts();
    return new LoadPlan(
        url,
        chosen,
        publishers,
        subscribers,
        viewers,
        time(),
        Integer.parseInt(sides[0]),
        Integer.parseInt(sides[1]),
        framesPerSecond,
        codec.equals("h264") ? TrackView.Codec.H264 : TrackView.Codec.VP8,
        air(),
        room == null);
  }

  private LoadPlan.Air air() {
    if (live == null) {
      return LoadPlan.Air.WHEN_MADE;
    }
    return live ? LoadPlan.Air.YES : LoadPlan.Air.NO;
  }

  private Duration time() throws CommandFailed {
    if (forever) {
      return FOREVER;
    }
    return Units.duration(duration)
        .filter(Duration::isPositive)
        .orElseThrow(() -> wrong("--duration", duration, "a time, as 30s or 10m"));
  }

  private void counts() throws CommandFailed {
    if (publishers < 0
        || subscribers < 0
        || viewers < 0
        || publishers + subscribers + viewers < 1) {
      throw new CommandFailed(
          "--publishers, --subscribers and --viewers are %d, %d and %d: none may be negative and one must be at least 1."
              .formatted(publishers, subscribers, viewers));
    }
  }

  private static CommandFailed wrong(String option, String found, String rule) {
    return new CommandFailed(option + " is '" + found + "', but it must be " + rule + ".");
  }
}
