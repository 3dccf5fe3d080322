package dev.amphi.composer.slides;

import dev.amphi.composer.slides.SlideRenderer.Job;
import dev.amphi.composer.slides.SlideRenderer.Limits;
import dev.amphi.composer.slides.SlidesRefused.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One process that draws pages, with its watchdog; believes nothing that it says. */
final class RendererProcess implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RendererProcess.class.getName());
  private static final int LONGEST_LINE = 2_000;

  /** How much longer than its work something may take. */
  private static final int BUSY = 4;

  /** Lines before the first answer. */
  private static final int MOST_WARNINGS = 20;

  private static final long LOOK_MILLIS = 100;
  private static final long PAGE_BYTES = 4_096;

  /** A killed process writes nothing more after that. */
  private static final long DYING_MILLIS = 1_000;

  /** What became of a page. */
  sealed interface Outcome {
    /** It is in the folder. */
    record Drawn(int width, int height, String title) implements Outcome {}

    /** It cannot be drawn. */
    record Failed() implements Outcome {}

    /** The process is gone: by itself, or because it took too long or too much. */
    record Died() implements Outcome {}
  }

  private final Process process;
  private final InputStream in;
  private final OutputStream out;
  private final Limits limits;

  /** Whose interrupt ends the process, whatever it is doing. */
  private final Thread owner = Thread.currentThread();

  private volatile long deadlineNanos;

  /** Of the processor's time that the process has had. */
  private volatile long cpuDeadlineNanos;

  private RendererProcess(Process process, Limits limits) {
    this.process = process;
    this.limits = limits;
    this.in = new BufferedInputStream(process.getInputStream(), 4_096);
    this.out = process.getOutputStream();
    begins(limits.open());
    Thread.ofVirtual().name("slides-watchdog").start(this::watch);
  }

  static RendererProcess start(RendererCommand command, Limits limits, Path pdf, Path folder)
      throws IOException {
    return new RendererProcess(
        command.start(
            folder,
            pdf.toString(),
            folder.toString(),
            String.valueOf(limits.width()),
            String.valueOf(limits.height()),
            String.valueOf(limits.mostPages())),
        limits);
  }

  /** Reads the file; tells how many pages it has. */
  int open() throws SlidesRefused {
    String answer = firstAnswer();
    String[] words = answer.split(" ", -1);
    rests();
    if (words.length == 2 && words[0].equals("pages")) {
      int pages = number(words[1]);
      if (pages >= 1 && pages <= limits.mostPages()) {
        return pages;
      }
    }
    for (Reason reason : Reason.values()) {
      if (words.length == 2 && words[1].equals(reason.name())) {
        throw new SlidesRefused(reason);
      }
    }
    LOG.log(System.Logger.Level.WARNING, "the renderer said ''{0}''", answer);
    throw new SlidesRefused(Reason.UNAVAILABLE);
  }

  /** The first line that is an answer: a Java machine may have warned of something before it. */
  private String firstAnswer() {
    for (int i = 0; i < MOST_WARNINGS; i++) {
      Optional<String> line = line();
      if (line.isEmpty()) {
        break;
      }
      if (line.get().startsWith("pages ") || line.get().startsWith("refused ")) {
        return line.get();
      }
      LOG.log(System.Logger.Level.INFO, "the renderer warned: {0}", line.get());
    }
    return "refused " + Reason.TOO_HEAVY;
  }

  /** Draws one page. */
  Outcome draw(Job job) {
    int number = job.page();
    String request =
        job.isWhole() ? "page " + number : "fit " + number + " " + job.width() + " " + job.height();
    begins(limits.page());
    try {
      out.write((request + "\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException e) {
      return new Outcome.Died();
    }
    Optional<String> answer = line();
    rests();
    if (answer.isEmpty()) {
      return new Outcome.Died();
    }
    String[] words = answer.get().split(" ", -1);
    if (words.length != 5 || !words[0].equals("drawn") || number(words[1]) != number) {
      return new Outcome.Failed();
    }
    int width = number(words[2]);
    int height = number(words[3]);
    boolean sane =
        width >= 2
            && height >= 2
            && width % 2 == 0
            && height % 2 == 0
            && width <= (job.isWhole() ? limits.width() : job.width())
            && height <= (job.isWhole() ? limits.height() : job.height());
    return sane ? new Outcome.Drawn(width, height, title(words[4])) : new Outcome.Failed();
  }

  /** On a busy machine time passes in which the process can do nothing. */
  private void begins(Duration work) {
    cpuDeadlineNanos = cpuNanos() + work.toNanos();
    deadlineNanos = System.nanoTime() + BUSY * work.toNanos();
  }

  private void rests() {
    cpuDeadlineNanos = Long.MAX_VALUE;
    deadlineNanos = Long.MAX_VALUE;
  }

  /** What it has worked; where the system does not tell, as if it never waited. */
  private long cpuNanos() {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElseGet(System::nanoTime);
  }

  private static String title(String word) {
    try {
      return PdfPages.clean(URLDecoder.decode(word, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static int number(String word) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The next line; empty when there is none, or it is too long. */
  private Optional<String> line() {
    StringBuilder line = new StringBuilder();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          return Optional.of(line.toString());
        }
        if (line.length() >= LONGEST_LINE) {
          return Optional.empty();
        }
        line.append((char) next);
      }
    } catch (IOException e) {
      return Optional.empty(); // It was killed while it was listened to.
    }
    return Optional.empty();
  }

  /** Ends the process when its time is over, it took too much memory, or nobody wants it. */
  private void watch() {
    try {
      while (process.isAlive()) {
        Thread.sleep(LOOK_MILLIS);
        if (System.nanoTime() > deadlineNanos
            || cpuNanos() > cpuDeadlineNanos
            || owner.isInterrupted()
            || residentBytes() > limits.mostBytes()) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Memory in RAM, or 0 where the system does not tell. */
  private long residentBytes() {
    try {
      String[] pages = Files.readString(Path.of("/proc/" + process.pid() + "/statm")).split(" ", 3);
      return Long.parseLong(pages[1]) * PAGE_BYTES;
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return 0; // it has just ended, or this is not Linux
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    // Not waitFor: whoever was interrupted waits for it too.
    process.onExit().completeOnTimeout(process, DYING_MILLIS, TimeUnit.MILLISECONDS).join();
  }
}
