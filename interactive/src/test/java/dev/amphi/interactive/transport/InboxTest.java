package dev.amphi.interactive.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final InetSocketAddress FROM = new InetSocketAddress("192.0.2.1", 5_000);

  private final Queue<Runnable> loop = new ArrayDeque<>();
  private final List<Byte> taken = new ArrayList<>();

  private void offer(Inbox inbox, int value) {
    inbox.offer(new byte[] {(byte) value}, 0, 1, FROM, 0);
    for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
      task.run();
    }
  }

  @Test
  void aDatagramThatCannotBeHandledStopsNoneBehindIt() {
    Inbox inbox =
        new Inbox(
            loop::add,
            null,
            new BufferPool(4),
            datagram -> {
              if (datagram.bytes[0] == 2) {
                throw new IllegalStateException("by the test");
              }
              taken.add(datagram.bytes[0]);
            });

    offer(inbox, 1);
    offer(inbox, 2);
    offer(inbox, 3);

    assertThat(taken).containsExactly((byte) 1, (byte) 3);
    assertThat(inbox.dropped()).isEqualTo(1);
  }

  @Test
  void whatIsLongerThanAnybodyMaySendIsCountedAndNotTaken() {
    Inbox inbox =
        new Inbox(loop::add, null, new BufferPool(4), datagram -> taken.add(datagram.bytes[0]));

    inbox.offer(new byte[Datagram.MAX_BYTES + 1], 0, Datagram.MAX_BYTES + 1, FROM, 0);
    offer(inbox, 1);

    assertThat(inbox.oversize()).isEqualTo(1);
    assertThat(inbox.dropped()).isZero();
    assertThat(taken).containsExactly((byte) 1);
  }
}
