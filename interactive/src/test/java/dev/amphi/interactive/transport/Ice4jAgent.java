package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.ice.IceCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.NominationStrategy;
import org.ice4j.ice.RemoteCandidate;

/**
 * A full ICE agent that the Jitsi project wrote, with one component, controlling unless it is told
 * otherwise.
 */
final class Ice4jAgent implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("org.ice4j");
  private static final int LIMIT_SECONDS = 30;

  static {
    LOG.setLevel(Level.SEVERE);
    System.setProperty("ice4j.harvest.mapping.aws.enabled", "false");
    // A check that nobody answers fails in seconds instead of half a minute.
    System.setProperty("org.ice4j.MAX_RETRANSMISSIONS", "3");
  }

  final Agent agent = new Agent();
  private final IceMediaStream stream;
  private final Component component;
  private final CompletableFuture<IceProcessingState> ended = new CompletableFuture<>();

  /**
   * @param sockets where it checks from
   */
  Ice4jAgent(Ice4jSockets sockets) {
    agent.setControlling(true);
    agent.setUseDynamicPorts(false);
    agent.addCandidateHarvester(sockets);
    agent.addStateChangeListener(event -> state((IceProcessingState) event.getNewValue()));
    stream = agent.createMediaStream("media");
    try {
      component = agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void state(IceProcessingState state) {
    if (state == IceProcessingState.COMPLETED || state == IceProcessingState.FAILED) {
      ended.complete(state);
    }
  }

  /** Nominates with the first check of every pair (RFC 5245 §8.1.1.2). */
  Ice4jAgent aggressive() {
    agent.setNominationStrategy(NominationStrategy.NONE);
    agent.addStateChangeListener(
        event -> {
          if (event.getNewValue() == IceProcessingState.RUNNING) {
            pairs().forEach(CandidatePair::nominate);
          }
        });
    return this;
  }

  /** Leaves it to the test which pair is nominated. */
  Ice4jAgent patient() {
    agent.setNominationStrategy(NominationStrategy.NONE);
    return this;
  }

  List<CandidatePair> pairs() {
    return List.copyOf(stream.getCheckList());
  }

  IceCredentials credentials() {
    return new IceCredentials(agent.getLocalUfrag(), agent.getLocalPassword());
  }

  /**
   * Begins its checks.
   *
   * @param candidates of the far side; those elsewhere than on loopback are left out
   */
  void start(IceCredentials remote, List<String> candidates) {
    stream.setRemoteUfrag(remote.ufrag());
    stream.setRemotePassword(remote.password());
    for (String line : candidates) {
      String[] fields = line.split(" ", -1);
      if (fields[4].equals("127.0.0.1")) {
        component.addRemoteCandidate(
            new RemoteCandidate(
                new TransportAddress(
                    fields[4], Integer.parseInt(fields[5]), Transport.parse(fields[2])),
                component,
                CandidateType.HOST_CANDIDATE,
                fields[0],
                Long.parseLong(fields[3]),
                null));
      }
    }
    agent.startConnectivityEstablishment();
  }

  /** Tells when it has one nominated pair, or given up. */
  CompletableFuture<IceProcessingState> ended() {
    return ended;
  }

  IceProcessingState awaitEnd() {
    return ended.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  InetSocketAddress remote() {
    return component.getSelectedPair().getRemoteCandidate().getTransportAddress();
  }

  void send(byte[] buffer, int offset, int length) throws IOException {
    component.send(buffer, offset, length);
  }

  /** Gives what is not STUN to a receiver, until the agent is closed. */
  void read(Consumer<DatagramPacket> receiver) {
    Thread.ofVirtual()
        .start(
            () -> {
              DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
              try {
                while (true) {
                  packet.setLength(2_000);
                  component.getSocket().receive(packet);
                  receiver.accept(packet);
                }
              } catch (SocketException closed) {
                LOG.fine("the agent was closed");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Override
  public void close() {
    agent.free();
  }
}
