package dev.amphi.server.cli;

import dev.amphi.server.config.ConfigKey;
import dev.amphi.server.config.ServerConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code amphi config}: checks a configuration, or lists the settings. */
@Command(
    name = "config",
    description = "Check a configuration, or list the settings.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ConfigCommand.Check.class, ConfigCommand.Keys.class})
final class ConfigCommand {
  /** {@code amphi config check}. */
  @Command(
      name = "check",
      description = "Say whether a node would start with this configuration.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Mixin private NodeOptions options = new NodeOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
      ServerConfig config = options.read(System.getenv());
      spec.commandLine()
          .getOut()
          .println(
              "The configuration is good: HTTP %s:%d, media port %d, data in %s."
                  .formatted(
                      config.http().host(),
                      config.http().port(),
                      config.media().port(),
                      config.dataDir()));
      return 0;
    }
  }

  /** {@code amphi config keys}. */
  @Command(
      name = "keys",
      description = "List every setting with its default and its variable.",
      mixinStandardHelpOptions = true)
  static final class Keys implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      for (ConfigKey key : ConfigKey.values()) {
        out.printf(
            "%-18s %-10s %-26s %s%n", key.path(), key.fallback(), key.variable(), key.meaning());
      }
      out.printf("%-18s %-10s %-26s %s%n", "keys.<id>", "", "AMPHI_KEYS", "API keys, id: secret");
      return 0;
    }
  }
}
