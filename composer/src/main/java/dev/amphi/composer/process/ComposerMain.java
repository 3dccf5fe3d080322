package dev.amphi.composer.process;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.codec.CodecMissing;
import dev.amphi.composer.composition.Pace;
import dev.amphi.composer.composition.ProgramCodecs;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.lettering.Java2dLettering;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The child: composes one room, told on standard input, telling on standard output. It ends when
 * its input does, and at once when anything in it fails: the node starts another.
 */
public final class ComposerMain {
  /** The argument with which a child has no clock and no haste. */
  static final String OFFLINE = "--offline";

  private static final int FAILED = 2;

  /** As Java itself ends with when its heap is full: nobody's media are held responsible. */
  private static final int OUT_OF_MEMORY = 3;

  private ComposerMain() {}

  /**
   * Runs the child.
   *
   * @param args {@code --note FILE}, the page for what it is doing; or {@code --offline}: make a
   *     program out of what was kept, as fast as it can; or {@code --check}: print in one sentence
   *     which codec is missing, if any; or {@code --pace}: the same, or the encoder's name and what
   *     it takes for a picture, as {@link Pace} measures it
   */
  public static void main(String[] args) {
    run(args, FfmpegCodecs::complete);
  }

  /** Runs the child with other codecs. */
  static void run(String[] args, Supplier<ProgramCodecs> codecs) {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          try {
            System.err.println("Thread " + thread.getName() + " failed: " + failure);
            failure.printStackTrace(System.err);
          } finally { // also when there is no memory left to say it
            boolean full = failure instanceof OutOfMemoryError;
            Runtime.getRuntime().halt(full ? OUT_OF_MEMORY : FAILED);
          }
        });
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err); // nothing but the protocol may use standard output
    try {
      if (args.length == 1 && args[0].equals("--check")) {
        out.write(missing().getBytes(StandardCharsets.UTF_8));
        return;
      }
      if (args.length == 1 && args[0].equals("--pace")) {
        out.write(pace().getBytes(StandardCharsets.UTF_8));
        return;
      }
      if (args.length == 1 && args[0].equals(OFFLINE)) {
        serveOffline(new DataInputStream(new BufferedInputStream(System.in, 256 * 1024)), out);
        return;
      }
      NotePage note = NotePage.map(Path.of(noteFile(args)));
      serve(new DataInputStream(new BufferedInputStream(System.in, 256 * 1024)), out, codecs, note);
    } catch (IOException e) {
      System.err.println("The composer lost its node: " + e.getMessage());
    }
    Runtime.getRuntime().halt(0);
  }

  private static String noteFile(String[] args) {
    if (args.length == 2 && args[0].equals("--note")) {
      return args[1];
    }
    throw new IllegalArgumentException(
        "A composer is started as --note FILE, --offline, --check or --pace");
  }

  private static void serve(
      DataInputStream in, OutputStream out, Supplier<ProgramCodecs> codecs, NotePage note)
      throws IOException {
    out.write(Wire.greeting());
    out.flush();
    CompletableFuture<Java2dLettering> lettering = lettering();
    warmUp(lettering, in);
    new Child(spec(in), in, out, codecs, note, lettering).run();
  }

  private static void serveOffline(DataInputStream in, OutputStream out) throws IOException {
    out.write(Wire.greeting());
    out.flush();
    new OfflineChild(spec(in), in, out).run(FfmpegCodecs::complete, new Java2dLettering());
  }

  private static CompositionSpec spec(DataInputStream in) throws IOException {
    Wire.expectGreeting(in);
    var first = Wire.read(in);
    if (first == null || !(CommandCodec.decode(first) instanceof Command.Start start)) {
      throw new BrokenWire("The first command must be to start");
    }
    return start.spec();
  }

  private static CompletableFuture<Java2dLettering> lettering() {
    CompletableFuture<Java2dLettering> lettering = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("load-fonts")
        .start(() -> lettering.complete(new Java2dLettering()));
    return lettering;
  }

  /**
   * Loads the libraries and plays a {@link Rehearsal} before there is a program to make: this child
   * may be a spare one.
   */
  private static void warmUp(CompletableFuture<Java2dLettering> lettering, InputStream in) {
    try {
      Rehearsal.run(FfmpegCodecs.complete(), lettering.join(), () -> hears(in));
    } catch (CodecMissing | IllegalArgumentException e) {
      System.err.println(e.getMessage()); // and again to the node, when a program asks
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the node has begun to speak. */
  private static boolean hears(InputStream in) {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      return true; // whoever reads next hears of it
    }
  }

  private static String pace() {
    String missing = missing();
    if (!missing.isEmpty()) {
      return missing;
    }
    FfmpegCodecs codecs = FfmpegCodecs.complete();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return codecs.programEncoder() + " " + Pace.measure(codecs, threads::getCurrentThreadCpuTime);
  }

  private static String missing() {
    try {
      FfmpegCodecs.complete();
      return "";
    } catch (CodecMissing e) {
      return String.valueOf(e.getMessage());
    }
  }
}
