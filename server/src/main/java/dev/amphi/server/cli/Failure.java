package dev.amphi.server.cli;

import dev.amphi.server.config.ConfigException;
import dev.amphi.server.node.StartException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command says when it could not do its work. */
final class Failure {
  private Failure() {}

  /** The sentences of an expected failure, or the whole trace of one that nobody expected. */
  static String sentence(Exception exception) {
    if (exception instanceof ConfigException
        || exception instanceof StartException
        || exception instanceof CommandFailed) {
      return "amphi: " + exception.getMessage();
    }
    StringWriter trace = new StringWriter();
    exception.printStackTrace(new PrintWriter(trace));
    return "amphi: this is a mistake in Amphi, please report it.\n" + trace;
  }
}
