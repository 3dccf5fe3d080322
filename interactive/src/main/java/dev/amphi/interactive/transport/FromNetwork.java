package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.ice.IcePath;
import dev.amphi.interactive.transport.port.MediaLoop;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Hands over what the network's threads tell of a transport's path to the transport's loop. */
final class FromNetwork implements IcePath.Listener {
  private final SecureTransport transport;
  private final Inbox inbox;
  private final Executor loop;
  private final @Nullable MediaLoop home;

  /**
   * @param home the loop that {@code loop}'s tasks run on, where it is one that reads datagrams
   */
  FromNetwork(SecureTransport transport, Inbox inbox, Executor loop, @Nullable MediaLoop home) {
    this.transport = transport;
    this.inbox = inbox;
    this.loop = loop;
    this.home = home;
  }

  @Override
  public void datagram(byte[] buffer, int offset, int length, SocketAddress source, long nowNanos) {
    inbox.offer(buffer, offset, length, source, nowNanos);
  }

  @Override
  public void validated(SocketAddress remoteAddress) {
    onLoop(() -> transport.validated(remoteAddress));
  }

  @Override
  public void consented(long nowNanos) {
    onLoop(() -> transport.consented(nowNanos));
  }

  @Override
  public void moved() {
    onLoop(transport::moved);
  }

  @Override
  public void failed(String reason) {
    loop.execute(() -> transport.close(reason));
  }

  private void onLoop(Runnable task) {
    if (home != null && home.inLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }
}
