package dev.amphi.composer.push;

import dev.amphi.composer.ffmpeg.SrtStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * The child: calls one platform over SRT, told on standard input whom and what, and ends when its
 * input does or when the platform is gone.
 */
public final class SrtMain {
  private static final int BROKEN = 3;

  private SrtMain() {}

  /** Runs the child; it takes no arguments, because others could read them. */
  public static void main(String[] args) throws IOException {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err); // nothing but the answer may use standard output
    try {
      serve(new DataInputStream(new BufferedInputStream(System.in, 256 * 1024)), out);
      Runtime.getRuntime().halt(0);
    } catch (IOException | IllegalStateException e) {
      Runtime.getRuntime().halt(BROKEN); // what it says may hold a secret
    }
  }

  private static void serve(DataInputStream in, OutputStream out) throws IOException {
    SrtWire.Message first = SrtWire.read(in);
    if (first.type() != SrtWire.CALL) {
      throw new IOException("The first message must be a call");
    }
    SrtCall call = SrtCall.decoded(first.body());
    SrtStream stream;
    try {
      stream =
          SrtStream.open(
              url(call),
              call.options(),
              new SrtStream.Format(
                  call.width(), call.height(), call.avcConfig(), call.aacConfig()));
    } catch (IllegalStateException e) {
      out.write(SrtWire.NOT_CONNECTED);
      throw e;
    }
    out.write(SrtWire.CONNECTED);
    for (SrtWire.Message next = SrtWire.read(in);
        next.type() != SrtWire.END;
        next = SrtWire.read(in)) {
      ByteBuffer body = next.body();
      long timeNanos = body.getLong();
      boolean sync = body.get() != 0;
      stream.write(next.type() == SrtWire.PICTURE, sync, timeNanos, body);
    }
    stream.close();
  }

  private static String url(SrtCall call) {
    boolean v6 = call.address().contains(":");
    return "srt://" + (v6 ? "[" + call.address() + "]" : call.address()) + ":" + call.port();
  }
}
