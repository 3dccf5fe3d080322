package dev.amphi.interactive.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.CandidateTcpType;
import org.ice4j.ice.Component;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.harvest.AbstractCandidateHarvester;
import org.ice4j.socket.IceSocketWrapper;
import org.ice4j.socket.IceTcpSocketWrapper;
import org.ice4j.socket.IceUdpSocketWrapper;
import org.ice4j.socket.MultiplexingDatagramSocket;
import org.ice4j.socket.MultiplexingSocket;

/**
 * The sockets of an ice4j agent on loopback, which it leaves out by itself; with TCP a connection
 * that is open already, as it opens none.
 */
final class Ice4jSockets extends AbstractCandidateHarvester {
  /** Of a socket on which something came, and was not STUN. */
  private volatile String lastMedia = "";

  private final List<Making> makings = new ArrayList<>();

  private interface Making {
    HostCandidate in(Component component) throws IOException;
  }

  /** A UDP socket on each address, the first preferred. */
  static Ice4jSockets udp(String... addresses) {
    Ice4jSockets sockets = new Ice4jSockets();
    for (String address : addresses) {
      sockets.makings.add(component -> sockets.udp(address, component));
    }
    return sockets;
  }

  /** A connection to a port on loopback. */
  static Ice4jSockets tcp(int port) {
    Ice4jSockets sockets = new Ice4jSockets();
    sockets.makings.add(component -> sockets.tcp(port, component));
    return sockets;
  }

  /** The local address at which the latest media or handshake came; empty before. */
  String lastMedia() {
    return lastMedia;
  }

  @Override
  public boolean isHostHarvester() {
    return true;
  }

  @Override
  public Collection<LocalCandidate> harvest(Component component) {
    List<LocalCandidate> made = new ArrayList<>();
    try {
      for (Making making : makings) {
        HostCandidate candidate = making.in(component);
        component.addLocalCandidate(candidate);
        made.add(candidate);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return made;
  }

  private HostCandidate udp(String address, Component component) throws IOException {
    IceSocketWrapper socket =
        new IceUdpSocketWrapper(
            new MultiplexingDatagramSocket(0, InetAddress.getByName(address)) {
              @Override
              public void receive(DatagramPacket packet) throws IOException {
                super.receive(packet);
                lastMedia = address;
              }
            });
    HostCandidate candidate = new HostCandidate(socket, component, Transport.UDP);
    candidate.getStunStack().addSocket(candidate.getStunSocket(null));
    component.getComponentSocket().add(socket);
    return candidate;
  }

  private HostCandidate tcp(int port, Component component) throws IOException {
    Socket connection = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    IceSocketWrapper socket = new IceTcpSocketWrapper(new MultiplexingSocket(connection));
    HostCandidate candidate = new HostCandidate(socket, component, Transport.TCP);
    candidate.setTcpType(CandidateTcpType.ACTIVE);
    candidate
        .getStunStack()
        .addSocket(
            candidate.getStunSocket(null),
            new TransportAddress(connection.getInetAddress(), port, Transport.TCP));
    component.getComponentSocket().add(socket);
    return candidate;
  }
}
