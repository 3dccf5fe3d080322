package dev.amphi.composer.process;

import dev.amphi.composer.composition.Handling;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A child without a process: it hears its node's commands, says what the test says, and dies when
 * the test wants it to.
 */
final class FakeChild extends Process {
  private static final int UNCAUGHT = 2;

  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final PipedOutputStream voice = new PipedOutputStream();
  private final PipedInputStream reports;
  private final NotePage note;
  private final CompletableFuture<Integer> code = new CompletableFuture<>();

  FakeChild() throws IOException {
    reports = new PipedInputStream(voice, 64 * 1024);
    note = NotePage.create();
    voice.write(Wire.greeting());
  }

  Newborn born() {
    return new Newborn(this, note);
  }

  /** Reports as the real one does. */
  OutputStream voice() {
    return voice;
  }

  /** What it was told, frames too, in order. */
  List<Command> told() throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(heard.toByteArray()));
    List<Command> commands = new ArrayList<>();
    if (in.available() > 0) {
      Wire.expectGreeting(in);
    }
    for (ByteBuffer next = whole(in); next != null; next = whole(in)) {
      commands.add(CommandCodec.decode(next));
    }
    return commands;
  }

  private static @Nullable ByteBuffer whole(DataInputStream in) throws IOException {
    in.mark(4);
    if (in.available() < 4 || in.readInt() > in.available()) {
      return null; // the rest is on its way
    }
    in.reset();
    return Wire.read(in);
  }

  /** Dies of a fault in the middle of somebody's media. */
  void crash(Handling.Work work, String sourceId) {
    note.begins(work, sourceId);
    die(UNCAUGHT);
  }

  void die(int how) {
    code.complete(how);
    try {
      voice.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public OutputStream getOutputStream() {
    return heard;
  }

  @Override
  public InputStream getInputStream() {
    return reports;
  }

  @Override
  public InputStream getErrorStream() {
    return InputStream.nullInputStream();
  }

  @Override
  public int waitFor() {
    return code.join();
  }

  @Override
  public int exitValue() {
    return code.join();
  }

  @Override
  public boolean isAlive() {
    return !code.isDone();
  }

  @Override
  public long pid() {
    return Long.MAX_VALUE; // nobody's
  }

  @Override
  public void destroy() {
    die(143);
  }

  @Override
  public Process destroyForcibly() {
    die(137);
    return this;
  }
}
