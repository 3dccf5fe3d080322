package dev.amphi.composer.process;

import dev.amphi.composer.composition.Handling;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One child process with the threads that write its commands and read its complaints. */
final class Incarnation implements Watched {
  private static final System.Logger LOG = System.getLogger(Incarnation.class.getName());
  private static final int MOST_LINES = 200;
  private static final int LONGEST_LINE = 400;
  private static final long PAGE_BYTES = 4_096;

  /** What a child whose code threw ends with. */
  private static final int UNCAUGHT = 2;

  private static final int SIGNALLED = 128;

  /** SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV; not SIGKILL, which comes from outside. */
  private static final Set<Integer> FAULTS = Set.of(4, 5, 6, 7, 8, 11);

  private record Verdict(String reason, Map<Handling.Work, NotePage.Note> evidence) {}

  private static final Verdict NONE = new Verdict("", Map.of());

  private final Process process;
  private final NotePage note;
  private final String name;
  private final Thread writer;
  private volatile Verdict verdict = NONE;

  Incarnation(Newborn child, String name, CommandQueue queue) {
    this.process = child.process();
    this.note = child.note();
    this.name = name;
    Thread.ofPlatform().daemon().name(name + "-log").start(this::log);
    writer = Thread.ofPlatform().daemon().name(name + "-out").start(() -> write(queue));
  }

  DataInputStream reports() {
    return new DataInputStream(new BufferedInputStream(process.getInputStream(), 256 * 1024));
  }

  long pid() {
    return process.pid();
  }

  /** The page on which the child notes what it is doing. */
  NotePage note() {
    return note;
  }

  @Override
  public Map<Handling.Work, NotePage.Note> notes() {
    return note.notes();
  }

  @Override
  public List<ThreadTime> threads() {
    return KernelThreads.of(pid());
  }

  @Override
  public boolean isStopped() {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    } catch (IOException | StringIndexOutOfBoundsException e) {
      return false; // the child has just ended, or this is not Linux
    }
  }

  /** Whether the child, which has ended, did so by a fault of its own. */
  private boolean crashed() {
    int code = process.exitValue();
    return code == UNCAUGHT || FAULTS.contains(code - SIGNALLED);
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void kill(String reason, Map<Handling.Work, NotePage.Note> evidence) {
    verdict = new Verdict(reason, evidence);
    process.destroyForcibly();
  }

  /** The child says what it must not say. */
  void disbelieve(String reason) {
    verdict = new Verdict(reason, verdict.evidence());
  }

  /** Why the child was ended, or "" when it ended by itself. */
  String reason() {
    return verdict.reason();
  }

  /** What the child, which has ended, did when it was ended for that, or when it crashed. */
  Map<Handling.Work, NotePage.Note> evidence() {
    Verdict spoken = verdict;
    return spoken.reason().isEmpty() && crashed() ? note.notes() : spoken.evidence();
  }

  /** Ends the child and its threads, so that nothing takes from the queue; says how it ended. */
  String farewell() throws InterruptedException {
    process.destroyForcibly();
    int code = process.waitFor();
    writer.interrupt();
    writer.join();
    note.unlink();
    return code > SIGNALLED
        ? "the composer process was killed by signal " + (code - SIGNALLED)
        : "the composer process ended with code " + code;
  }

  @Override
  public long residentBytes() {
    try {
      String[] pages = Files.readString(Path.of("/proc/" + pid() + "/statm")).split(" ", 3);
      return Long.parseLong(pages[1]) * PAGE_BYTES;
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return 0; // the child has just ended, or this is not Linux
    }
  }

  private void write(CommandQueue queue) {
    try (OutputStream out = new BufferedOutputStream(process.getOutputStream(), 64 * 1024)) {
      out.write(Wire.greeting());
      while (process.isAlive()) {
        out.write(queue.take());
        if (queue.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0} takes no more commands: {1}", name, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void log() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      int count = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (count++ < MOST_LINES) {
          String shown = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
          LOG.log(System.Logger.Level.WARNING, "{0}: {1}", name, shown);
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0} says no more: {1}", name, e.getMessage());
    }
  }
}
