package dev.amphi.server.cli;

import dev.amphi.server.config.ServerConfig;
import dev.amphi.server.node.AmphiNode;
import dev.amphi.server.node.CodecCheck;
import dev.amphi.server.node.LogSetup;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code amphi run}: one node, until it is told to stop. */
@Command(
    name = "run",
    description = "Run one node.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class RunCommand implements Callable<Integer> {
  @Mixin private NodeOptions options = new NodeOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    ServerConfig config = options.read(System.getenv());
    LogSetup.apply(config.log().format());
    CodecCheck codecs = CodecCheck.begin(config);
    AmphiNode node = AmphiNode.start(config, codecs);
    StopSignal stop = StopSignal.closing(node);
    codecs.require();
    PrintWriter out = spec.commandLine().getOut();
    out.println("AMPHI READY " + node.localOrigin());
    out.flush();
    stop.await();
    return 0;
  }
}
