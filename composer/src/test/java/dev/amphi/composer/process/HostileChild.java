package dev.amphi.composer.process;

import dev.amphi.composer.composition.Handling;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A child that somebody's media have taken over; what it does is its property {@code script}. */
final class HostileChild {
  private HostileChild() {}

  /** Runs the script. */
  public static void main(String[] args) throws Exception {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    switch (System.getProperty("script", "")) {
      case "garbage" -> garbage(out);
      case "endless" -> endless(out);
      case "grows" -> grow(out);
      case "leaves" -> leave(out, Path.of(args[1]));
      default -> throw new IllegalArgumentException("no script");
    }
  }

  /** Says who it is, and then anything. */
  private static void garbage(OutputStream out) throws IOException {
    out.write(Wire.greeting());
    byte[] noise = new byte[64 * 1024];
    new Random(ProcessHandle.current().pid()).nextBytes(noise);
    while (true) {
      out.write(noise);
    }
  }

  /** Says that a message of two gigabytes comes. */
  private static void endless(OutputStream out) throws IOException {
    out.write(Wire.greeting());
    out.write(new byte[] {0x7f, -1, -1, -1, ReportWriter.SAMPLE});
    while (true) {
      out.write(new byte[64 * 1024]);
    }
  }

  /** Ends by itself, without a fault, in the middle of somebody's picture. */
  private static void leave(OutputStream out, Path note) throws IOException {
    NotePage.map(note).begins(Handling.Work.PICTURE, "camera");
    out.write(Wire.greeting());
    out.flush();
    System.exit(3);
  }

  /** Takes memory as fast as it can, outside Java's heap. */
  private static void grow(OutputStream out) throws IOException, InterruptedException {
    out.write(Wire.greeting());
    List<ByteBuffer> taken = new ArrayList<>();
    while (taken.size() < 100) {
      taken.add(ByteBuffer.allocateDirect(16 << 20)); // zeroed, so it is really there
      Thread.sleep(20);
    }
    Thread.sleep(60_000);
  }
}
