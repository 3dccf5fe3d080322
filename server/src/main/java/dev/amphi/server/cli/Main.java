package dev.amphi.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code amphi}: every command of the product. */
@Command(
    name = "amphi",
    description = "Amphi, a hybrid live-class broadcaster.",
    mixinStandardHelpOptions = true,
    version = "amphi 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      DemoCommand.class,
      TokenCommand.class,
      ConfigCommand.class,
      LoadCommand.class,
      BenchCommand.class
    })
public final class Main {
  private Main() {}

  /** Runs one command and exits with its code: 0 well, 1 failed, 2 not understood. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              // What the operator can mend is a sentence; a stack trace is for our own mistakes.
              command.getErr().println(Failure.sentence(exception));
              return 1;
            });
  }
}
