package dev.amphi.composer.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a child is started: nothing of the node's environment, little memory, quick to begin.
 *
 * @param java the Java executable, 21 or newer
 * @param classPath with this module, FFmpeg's preset for this platform
 * @param options more options for the Java machine
 * @param mainClass what it runs
 */
public record ChildCommand(Path java, String classPath, List<String> options, String mainClass) {
  /**
   * What the kernel lets a child have (RLIMIT_DATA: memory that it can write and nobody shares),
   * however fast it grows. Above what the watchdog allows, so that it is the one to say why.
   */
  private static final int MOST_DATA_KIB = 1_100 << 10;

  /** A shell is everywhere and can set limits; it then becomes the child. No core is dumped. */
  private static final String FENCED =
      "unset PWD; ulimit -c 0; ulimit -d " + MOST_DATA_KIB + "; exec \"$0\" \"$@\"";

  /** The same behind whoever else wants a processor, where the system can do that. */
  private static final String GENTLY =
      FENCED.replace("exec ", "command -v nice >/dev/null && exec nice -n 15 \"$0\" \"$@\"; exec ");

  private static final List<String> LEAN =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:+SuppressFatalErrorMessage", // a report takes half a second, and holds people's
          // media
          "-XX:+ExitOnOutOfMemoryError", // half a program is worse than another one
          "-XX:+DisplayVMOutputToStderr", // standard output is the protocol's
          "-Xlog:disable",
          "-Xlog:all=warning:stderr",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:Tier3InvocationThreshold=60", // what runs once a frame is compiled after two seconds
          "-XX:Tier3MinInvocationThreshold=30",
          "-XX:Tier3CompileThreshold=300",
          "-XX:Tier3BackEdgeThreshold=2000", // or the loops that run for ever are interpreted
          "-XX:-UsePerfData",
          "-Xshare:auto",
          "-Xms16m",
          "-Xmx128m",
          "-XX:MaxDirectMemorySize=96m",
          "-Xss512k",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Djava.awt.headless=true",
          "-Dorg.bytedeco.javacpp.nopointergc=true",
          "-Dorg.bytedeco.javacpp.maxbytes=0",
          "-Dorg.bytedeco.javacpp.maxphysicalbytes=0");

  /** Runs the composer. */
  public ChildCommand(Path java, String classPath, List<String> options) {
    this(java, classPath, options, ComposerMain.class.getName());
  }

  /** The Java that runs this process, with its class path. */
  public static ChildCommand likeThisProcess() {
    return new ChildCommand(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"),
        List.of());
  }

  /** The same with one more option for the Java machine. */
  public ChildCommand with(String option) {
    List<String> more = new ArrayList<>(options);
    more.add(option);
    return new ChildCommand(java, classPath, List.copyOf(more), mainClass);
  }

  /**
   * Starts a child.
   *
   * @throws IOException when the system cannot start it
   */
  public Process start(String... arguments) throws IOException {
    return start(FENCED, arguments);
  }

  /** The same behind whoever else wants a processor: what it makes can wait. */
  public Process startGently(String... arguments) throws IOException {
    return start(GENTLY, arguments);
  }

  private Process start(String shell, String... arguments) throws IOException {
    if (!Files.isExecutable(java)) {
      throw new IOException(java + " is no program");
    }
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", shell, java.toString()));
    command.addAll(LEAN);
    command.addAll(options);
    command.add("-cp");
    command.add(classPath);
    command.add(mainClass);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    environment.put("MALLOC_ARENA_MAX", "2");
    return builder.start();
  }
}
