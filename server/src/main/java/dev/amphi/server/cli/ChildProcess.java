package dev.amphi.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second Java process on this one's class path, whose lines go into this one's log. */
final class ChildProcess implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ChildProcess.class.getName());
  private static final int STOP_SECONDS = 3;

  private final String name;
  private final Process process;

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** Starts {@code mainClass} with this process's own Java, flags and class path. */
  static ChildProcess start(String name, String mainClass, List<String> arguments)
      throws CommandFailed {
    List<String> command = new ArrayList<>();
    command.add(
        ProcessHandle.current()
            .info()
            .command()
            .orElse(System.getProperty("java.home") + "/bin/java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      ChildProcess child = new ChildProcess(name, process);
      Thread.ofVirtual().name(name + "-log").start(child::log);
      return child;
    } catch (IOException e) {
      throw new CommandFailed("The process " + name + " cannot be started: " + e.getMessage());
    }
  }

  private void log() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        LOG.log(System.Logger.Level.INFO, "{0}: {1}", name, line);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", name, e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return "process " + name;
  }
}
