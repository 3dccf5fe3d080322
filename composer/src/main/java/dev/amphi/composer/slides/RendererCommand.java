package dev.amphi.composer.slides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the renderer's process is started: nothing of the node's environment, little memory, behind
 * the live program in the queue for the processor, no file larger than a page.
 *
 * @param java the Java executable, 21 or newer
 * @param classPath with this module, PDFBox and the fonts
 */
public record RendererCommand(Path java, String classPath) {
  private static final Path NICE = Path.of("/usr/bin/nice");
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  private static final List<String> LEAN =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:+DisplayVMOutputToStderr", // what the machine itself warns of is no answer
          "-Xlog:disable",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:MaxMetaspaceSize=96m",
          "-XX:MaxDirectMemorySize=32m",
          "-Xshare:auto",
          "-Xms16m",
          "-Xmx320m",
          "-Xss1m",
          "-Djava.awt.headless=true",
          "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog",
          "-Dorg.apache.pdfbox.rendering.UsePureJavaCMYKConversion=true");

  /** The Java that runs this process, with its class path. */
  public static RendererCommand likeThisProcess() {
    return new RendererCommand(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"));
  }

  /** Starts it; whatever it writes beside the protocol goes into {@code folder}. */
  Process start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(PRLIMIT)) {
      command.addAll(List.of(PRLIMIT.toString(), "--fsize=16777216", "--core=0"));
    }
    if (Files.isExecutable(NICE)) {
      command.addAll(List.of(NICE.toString(), "-n", "5"));
    }
    command.add(java.toString());
    command.addAll(LEAN);
    command.add("-Duser.home=" + folder);
    command.add("-Djava.io.tmpdir=" + folder);
    command.add("-Dpdfbox.fontcache=" + folder);
    command.add("-cp");
    command.add(classPath);
    command.add(RendererMain.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    environment.put("MALLOC_ARENA_MAX", "2");
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
