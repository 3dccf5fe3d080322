package dev.amphi.server.load.composer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another program at work, which writes its best rendition as a byte stream to its output. */
final class PeerProcess implements Contestant.Running {
  private static final int LAST_LINES = 5;

  private final Process process;
  private final H264Meter meter = new H264Meter();
  private final Deque<String> said = new ArrayDeque<>();
  private volatile boolean closing;

  PeerProcess(List<String> command) throws IOException {
    process = new ProcessBuilder(command).start();
    process.getOutputStream().close();
    Thread.ofPlatform().daemon().name("bench-stream").start(this::count);
    Thread.ofPlatform().daemon().name("bench-words").start(this::listen);
  }

  private void count() {
    byte[] block = new byte[64 * 1024];
    try (InputStream in = process.getInputStream()) {
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        meter.add(block, count);
      }
    } catch (IOException e) {
      remember(String.valueOf(e.getMessage()));
    }
  }

  private void listen() {
    process.errorReader(StandardCharsets.UTF_8).lines().forEach(this::remember);
  }

  private void remember(String line) {
    synchronized (said) {
      said.addLast(line);
      if (said.size() > LAST_LINES) {
        said.removeFirst();
      }
    }
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public long frames() {
    return meter.pictures();
  }

  @Override
  public long pictures() {
    return meter.pictures();
  }

  @Override
  public long bytes() {
    return meter.bytes();
  }

  @Override
  public String settings() {
    return meter.settings();
  }

  @Override
  public String failure() {
    if (closing || process.isAlive()) {
      return "";
    }
    synchronized (said) {
      return "it ended with code " + process.exitValue() + ": " + String.join(" / ", said);
    }
  }

  @Override
  public void close() {
    closing = true;
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
