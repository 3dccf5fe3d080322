package dev.amphi.packager.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A wire to a server that fails as wires and servers do. */
public final class FlakyProxy implements AutoCloseable {
  /** What it does to a new connection. */
  public enum Mode {
    PASS,
    REFUSE,
    /** Cuts it in the middle of what is sent. */
    CUT,
    SLOW_DOWN,
    BROKEN
  }

  private static final int CUT_BYTES = 20_000;

  private final int target;
  private final ServerSocket door;
  private final AtomicInteger failed = new AtomicInteger();
  private volatile Mode mode = Mode.PASS;

  public FlakyProxy(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  public void mode(Mode now) {
    mode = now;
  }

  /** Connections that it did something bad to. */
  public int failed() {
    return failed.get();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Mode now = mode;
        Thread.ofVirtual().start(() -> serve(client, now));
      } catch (IOException e) {
        return; // It was closed.
      }
    }
  }

  private void serve(Socket client, Mode now) {
    try (client) {
      switch (now) {
        case REFUSE -> failed.incrementAndGet();
        case SLOW_DOWN -> answer(client, "503 Slow Down", "SlowDown");
        case BROKEN -> answer(client, "500 Internal Server Error", "InternalError");
        case PASS -> pass(client, Long.MAX_VALUE);
        case CUT -> {
          failed.incrementAndGet();
          pass(client, CUT_BYTES);
        }
      }
    } catch (IOException e) {
      // As on any wire.
    }
  }

  private void answer(Socket client, String status, String code) throws IOException {
    failed.incrementAndGet();
    client.getInputStream().read(new byte[64 << 10]);
    String xml = "<Error><Code>" + code + "</Code><Message>later</Message></Error>";
    String head =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
            + xml.length()
            + "\r\n\r\n";
    client.getOutputStream().write((head + xml).getBytes(StandardCharsets.US_ASCII));
    client.shutdownOutput();
    client.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private void pass(Socket client, long most) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      Thread back = Thread.ofVirtual().start(() -> copy(server, client, Long.MAX_VALUE));
      copy(client, server, most);
      if (most == Long.MAX_VALUE) {
        back.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until the end; a connection that was used while it passed fails when the wire does. */
  private void copy(Socket from, Socket to, long most) {
    byte[] some = new byte[16 << 10];
    long left = most;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(some); n >= 0 && left > 0; n = in.read(some)) {
        if (most == Long.MAX_VALUE && mode != Mode.PASS) {
          from.close();
          to.close();
          return;
        }
        out.write(some, 0, (int) Math.min(n, left));
        left -= n;
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // As on any wire.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
