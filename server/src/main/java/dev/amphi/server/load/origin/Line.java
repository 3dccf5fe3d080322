package dev.amphi.server.load.origin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection of a {@link Swarm}, with one request at a time; bodies are counted and
 * thrown away. Confined to the swarm's thread.
 */
final class Line {
  /** What becomes of a request. */
  interface Listener {
    /**
     * It was answered, to the last byte.
     *
     * @param status of HTTP; 0 when the connection broke or the answer could not be read
     */
    void answered(Line line, int status, long bodyBytes, long nowNanos);
  }

  private static final int LONGEST_HEAD = 4_096;
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Listener listener;
  private final byte[] head = new byte[LONGEST_HEAD];
  private int headLength;
  private int status;
  private long body;
  private long left;
  private boolean inBody;
  private boolean connected;
  private boolean broken;
  private @Nullable ByteBuffer toSend;

  Line(SocketChannel channel, SelectionKey key, Listener listener) {
    this.channel = channel;
    this.key = key;
    this.listener = listener;
    key.attach(this);
  }

  /** Sends a whole request, of which the swarm keeps no copy. */
  void ask(byte[] request) {
    if (broken) {
      return;
    }
    toSend = ByteBuffer.wrap(request);
    if (connected) {
      send();
    }
  }

  /** Goes on after the selector found the channel ready. */
  void ready(ByteBuffer scratch) {
    try {
      if (key.isConnectable() && channel.finishConnect()) {
        connected = true;
        key.interestOps(SelectionKey.OP_READ);
        send();
      } else if (key.isWritable()) {
        send();
      }
      if (key.isValid() && key.isReadable()) {
        read(scratch);
      }
    } catch (IOException e) {
      fail();
    }
  }

  private void send() {
    ByteBuffer request = toSend;
    if (request == null) {
      return;
    }
    try {
      channel.write(request);
    } catch (IOException e) {
      fail();
      return;
    }
    boolean all = !request.hasRemaining();
    if (all) {
      toSend = null;
    }
    int wanted = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  private void read(ByteBuffer scratch) throws IOException {
    scratch.clear();
    if (channel.read(scratch) < 0) {
      fail();
      return;
    }
    scratch.flip();
    while (scratch.hasRemaining() && !broken) {
      if (inBody) {
        int taken = (int) Math.min(left, scratch.remaining());
        scratch.position(scratch.position() + taken);
        left -= taken;
      } else {
        readHead(scratch);
      }
      if (inBody && left == 0) {
        inBody = false;
        headLength = 0;
        listener.answered(this, status, body, System.nanoTime());
      }
    }
  }

  private void readHead(ByteBuffer scratch) {
    while (scratch.hasRemaining() && !inBody) {
      if (headLength == LONGEST_HEAD) {
        fail();
        return;
      }
      head[headLength++] = scratch.get();
      if (endsHead()) {
        parseHead();
      }
    }
  }

  private boolean endsHead() {
    if (headLength < END_OF_HEAD.length) {
      return false;
    }
    for (int i = 0; i < END_OF_HEAD.length; i++) {
      if (head[headLength - END_OF_HEAD.length + i] != END_OF_HEAD[i]) {
        return false;
      }
    }
    return true;
  }

  private void parseHead() {
    String text =
        new String(head, 0, headLength, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int length = text.indexOf("\r\ncontent-length:");
    if (!text.startsWith("http/1.1 ") || length < 0) {
      fail();
      return;
    }
    status = Integer.parseInt(text.substring(9, 12));
    int from = length + "\r\ncontent-length:".length();
    body = Long.parseLong(text.substring(from, text.indexOf('\r', from)).strip());
    left = body;
    inBody = true;
  }

  /** Gives the connection up. */
  void fail() {
    if (!broken) {
      broken = true;
      close();
      listener.answered(this, 0, 0, System.nanoTime());
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone all the same.
    }
  }
}
