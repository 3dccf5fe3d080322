package dev.amphi.interactive.transport.ice;

import java.beans.PropertyChangeEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.util.Buffer;
import org.ice4j.util.BufferPool;

/**
 * An ice4j agent on the shared port, in the controlled role. Remote candidates are not used: the
 * far side's own checks show where it is (peer-reflexive candidates, RFC 8445 §7.3.1.3), so no name
 * is resolved and nothing is sent to an address that somebody else made up.
 */
final class Ice4jPath implements IcePath {
  private final Agent agent;
  private final IceMediaStream stream;
  private final Component component;
  private final Listener listener;

  private Ice4jPath(Agent agent, IceMediaStream stream, Component component, Listener listener) {
    this.agent = agent;
    this.stream = stream;
    this.component = component;
    this.listener = listener;
  }

  static Ice4jPath gather(Agent agent, Listener listener) {
    agent.setUseDynamicPorts(false);
    agent.setControlling(false);
    agent.setPerformConsentFreshness(true);
    IceMediaStream stream = agent.createMediaStream("media");
    try {
      Component component = agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, false);
      Ice4jPath path = new Ice4jPath(agent, stream, component, listener);
      component.setBufferCallback(path::received);
      stream.addPairChangeListener(path::pairChanged);
      agent.addStateChangeListener(path::stateChanged);
      return path;
    } catch (IOException e) {
      agent.free();
      throw new IllegalStateException("No candidates could be gathered: " + e.getMessage(), e);
    }
  }

  @Override
  public String ufrag() {
    return agent.getLocalUfrag();
  }

  @Override
  public String password() {
    return agent.getLocalPassword();
  }

  @Override
  public List<String> candidates() {
    List<String> lines = new ArrayList<>();
    for (LocalCandidate candidate : component.getLocalCandidates()) {
      InetAddress address = candidate.getTransportAddress().getAddress();
      int port = candidate.getTransportAddress().getPort();
      lines.add(IceCandidateLine.host(lines.size() + 1, candidate.getPriority(), address, port));
    }
    return lines;
  }

  @Override
  public void start(String remoteUfrag, String remotePassword, List<String> remoteCandidates) {
    stream.setRemoteUfrag(remoteUfrag);
    stream.setRemotePassword(remotePassword);
    agent.startConnectivityEstablishment();
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length) {
    try {
      component.send(buffer, offset, length);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    agent.free();
  }

  private void received(Buffer buffer) {
    listener.datagram(
        buffer.getBuffer(),
        buffer.getOffset(),
        buffer.getLength(),
        buffer.getRemoteAddress(),
        System.nanoTime());
    BufferPool.returnBuffer.invoke(buffer);
  }

  private void pairChanged(PropertyChangeEvent event) {
    if (!(event.getSource() instanceof CandidatePair pair)) {
      return;
    }
    String property = event.getPropertyName();
    if (IceMediaStream.PROPERTY_PAIR_VALIDATED.equals(property)) {
      listener.validated(pair.getRemoteCandidate().getTransportAddress());
    } else if (IceMediaStream.PROPERTY_PAIR_CONSENT_FRESHNESS_CHANGED.equals(property)) {
      // ice4j only notes the time; it sends on when no answer comes any more.
      listener.consented(System.nanoTime());
    }
  }

  private void stateChanged(PropertyChangeEvent event) {
    if (Agent.PROPERTY_ICE_PROCESSING_STATE.equals(event.getPropertyName())
        && event.getNewValue() == IceProcessingState.FAILED) {
      listener.failed("ICE failed");
    }
  }
}
