package dev.amphi.server.cli;

import dev.amphi.server.config.ServerConfig;
import dev.amphi.server.node.AmphiNode;
import dev.amphi.server.node.CodecCheck;
import dev.amphi.server.node.DemoClass;
import dev.amphi.server.node.LogSetup;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code amphi demo}: a node with a class that gives itself. */
@Command(
    name = "demo",
    description =
        "Run one node with a live class: a synthetic instructor and two students come in over"
            + " WebRTC.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String CAST = "dev.amphi.server.load.DemoCast";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** After this the class begins with whoever is there. */
  private static final Duration ENOUGH = Duration.ofSeconds(7);

  private static final long LOOK_MILLIS = 100;

  @Mixin private NodeOptions options = new NodeOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    ServerConfig config = options.read(System.getenv());
    LogSetup.apply(config.log().format());
    CodecCheck codecs = CodecCheck.begin(config);
    AmphiNode node = AmphiNode.start(config, codecs);
    DemoClass demo = DemoClass.open(node);
    ChildProcess cast = ChildProcess.start("demo-cast", CAST, arguments(node, demo));
    StopSignal stop = StopSignal.closing(cast, node);
    codecs.require();
    giveClass(demo, cast);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Studio: " + demo.studioUrl());
    out.println("Watch:  " + demo.watchUrl());
    out.println("AMPHI READY " + node.localOrigin());
    out.flush();
    stop.await();
    return 0;
  }

  private static List<String> arguments(AmphiNode node, DemoClass demo) {
    List<String> arguments = new ArrayList<>(List.of("--url", node.localOrigin()));
    arguments.addAll(List.of("--room", DemoClass.ROOM));
    demo.castTokens().forEach(token -> arguments.addAll(List.of("--token", token)));
    return arguments;
  }

  private static void giveClass(DemoClass demo, ChildProcess cast) throws Exception {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    long enoughNanos = System.nanoTime() + ENOUGH.toNanos();
    while (!demo.everybodyIsOnStage()
        && !(demo.somebodyIsOnStage() && System.nanoTime() - enoughNanos > 0)) {
      waitFor(cast, deadlineNanos, "The synthetic participants did not come on stage");
    }
    demo.goLive();
    while (!demo.canBeWatched()) {
      waitFor(cast, deadlineNanos, "The class is live, but nothing can be watched");
    }
  }

  private static void waitFor(ChildProcess cast, long deadlineNanos, String what) throws Exception {
    if (!cast.isAlive()) {
      throw new CommandFailed(what + ": their process ended, see the log above.");
    }
    if (System.nanoTime() - deadlineNanos > 0) {
      throw new CommandFailed(what + " within " + PATIENCE.toSeconds() + " s, see the log above.");
    }
    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
  }
}
