package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.ice.IceCredentials;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ice4j.ice.IceProcessingState;

/** A client's ICE session by {@link Ice4jAgent}s: one, and another after each ICE restart. */
final class Ice4jPath extends BarePath {
  private final Listener listener;
  private final List<Ice4jAgent> agents = new CopyOnWriteArrayList<>();
  private volatile Ice4jAgent agent;

  Ice4jPath(Ice4jAgent agent, Listener listener) {
    this.agent = agent;
    this.listener = listener;
  }

  @Override
  public IceCredentials credentials() {
    return agent.credentials();
  }

  @Override
  public void start(IceCredentials remote, List<String> remoteCandidates) {
    moveTo(agent, remote, remoteCandidates);
  }

  /** Lets an agent find its way, and sends over that once it has; those before hear on. */
  void moveTo(Ice4jAgent next, IceCredentials remote, List<String> remoteCandidates) {
    agents.add(next);
    var unused =
        next.ended()
            .thenAccept(
                state -> {
                  if (state == IceProcessingState.COMPLETED) {
                    agent = next;
                    listener.validated(next.remote());
                    next.read(
                        packet ->
                            listener.datagram(
                                packet.getData(),
                                packet.getOffset(),
                                packet.getLength(),
                                packet.getSocketAddress(),
                                System.nanoTime()));
                  } else {
                    listener.failed("no pair");
                  }
                });
    next.start(remote, remoteCandidates);
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length) {
    try {
      agent.send(buffer, offset, length);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    agents.forEach(Ice4jAgent::close);
  }
}
