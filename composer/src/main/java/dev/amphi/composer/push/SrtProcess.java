package dev.amphi.composer.push;

import dev.amphi.composer.process.ChildCommand;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A child that calls one platform over SRT; used by one thread, but for {@link #close}. Waiting for
 * it is without limit: who cannot wait closes it.
 */
public final class SrtProcess implements AutoCloseable {
  /** What it answers with takes no more; FFmpeg's own memory is bounded from outside. */
  private static final String HEAP = "-Xmx48m";

  private static final long LAST_WORDS_MILLIS = 2_000;

  private final ChildCommand command;
  private final Object starting = new Object();
  private @Nullable Process process;
  private boolean closed;
  private @Nullable DataOutputStream out;

  private SrtProcess(ChildCommand command) {
    this.command = command;
  }

  /** One that is not started yet, by the Java that runs this process. */
  public static SrtProcess likeThisProcess() {
    ChildCommand composer = ChildCommand.likeThisProcess();
    return new SrtProcess(
        new ChildCommand(
                composer.java(), composer.classPath(), composer.options(), SrtMain.class.getName())
            .with(HEAP));
  }

  /**
   * Starts it and waits until the platform has taken the call.
   *
   * @return whether it has
   * @throws IOException when the child cannot be started, or died
   */
  public boolean call(SrtCall call) throws IOException {
    Process started = start();
    Thread.ofVirtual().name("srt-drain").start(() -> drain(started));
    DataOutputStream to =
        new DataOutputStream(new BufferedOutputStream(started.getOutputStream(), 64 * 1024));
    out = to;
    SrtWire.write(to, SrtWire.CALL, call.encoded());
    int answer = started.getInputStream().read();
    if (answer != SrtWire.CONNECTED && answer != SrtWire.NOT_CONNECTED) {
      throw new IOException("The SRT process ended before it called");
    }
    return answer == SrtWire.CONNECTED;
  }

  private Process start() throws IOException {
    synchronized (starting) {
      if (closed) {
        throw new IOException("closed");
      }
      Process started = command.start();
      process = started;
      return started;
    }
  }

  /** Whatever libraries complain of may hold a secret: nobody hears it. */
  private static void drain(Process started) {
    try (InputStream complaints = started.getErrorStream()) {
      complaints.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      started.destroyForcibly(); // nobody would read what fills its pipe
    }
  }

  /**
   * Sends a sample.
   *
   * @throws IOException when the platform is gone, and the child with it
   */
  public void send(boolean video, boolean sync, long timeNanos, byte[] payload) throws IOException {
    DataOutputStream to = out;
    if (to == null) {
      throw new IOException("not called yet");
    }
    SrtWire.sample(to, video, sync, timeNanos, payload);
  }

  /** Says that nothing more comes, and lets what was sent arrive. */
  public void finish() throws IOException, InterruptedException {
    DataOutputStream to = out;
    Process running;
    synchronized (starting) {
      running = process;
    }
    if (to != null && running != null) {
      SrtWire.write(to, SrtWire.END, new byte[0]);
      if (!running.waitFor(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
        running.destroyForcibly();
      }
    }
  }

  /** Ends it at once. From any thread. */
  @Override
  public void close() {
    synchronized (starting) {
      closed = true;
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }
}
