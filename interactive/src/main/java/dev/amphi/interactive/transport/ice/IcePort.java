package dev.amphi.interactive.transport.ice;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.harvest.HostCandidateHarvester;
import org.ice4j.ice.harvest.SinglePortUdpHarvester;

/**
 * The one UDP port of a node, open on each of its addresses, with a reader thread each. The reader
 * tells sessions apart by the user fragment of a first STUN check, then by the source address.
 */
public final class IcePort implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(IcePort.class.getName());

  /** For port 0: the port that one address gives may be taken on another. */
  private static final int TRIES = 5;

  private final List<SinglePortUdpHarvester> harvesters;
  private final int port;

  private IcePort(List<SinglePortUdpHarvester> harvesters, int port) {
    this.harvesters = harvesters;
    this.port = port;
  }

  /**
   * Opens the port on loopback and on all addresses of this machine.
   *
   * @param port 0 for any free one
   * @throws IllegalStateException with a sentence for the operator when the port is taken
   */
  public static IcePort open(int port) {
    IceSettings.apply();
    IceBuffers.install();
    IOException last = new IOException("no address to listen on");
    for (int i = 0; i < (port == 0 ? TRIES : 1); i++) {
      List<SinglePortUdpHarvester> opened = new ArrayList<>();
      try {
        return openOn(addresses(), port, opened);
      } catch (IOException e) {
        opened.forEach(SinglePortUdpHarvester::close);
        last = e;
      }
    }
    String why =
        last instanceof BindException
            ? "is in use"
            : "cannot be opened (" + last.getMessage() + ")";
    throw new IllegalStateException(
        "The media port "
            + port
            + " (UDP) "
            + why
            + ": stop the program that holds it, or choose another with --media-port.",
        last);
  }

  private static IcePort openOn(
      List<InetAddress> addresses, int port, List<SinglePortUdpHarvester> opened)
      throws IOException {
    int common = port;
    for (InetAddress address : addresses) {
      try {
        SinglePortUdpHarvester harvester =
            new SinglePortUdpHarvester(new TransportAddress(address, common, Transport.UDP));
        opened.add(harvester);
        common = harvester.getLocalAddress().getPort();
      } catch (IOException e) {
        if (address.isLoopbackAddress() || isTaken(e)) {
          throw e;
        }
        // An address that is just coming or going, as IPv6 ones do, must not stop the node.
        LOG.log(System.Logger.Level.WARNING, "no media on one address: {0}", e.getMessage());
      }
    }
    return new IcePort(opened, common);
  }

  private static boolean isTaken(IOException e) {
    return e instanceof BindException && String.valueOf(e.getMessage()).contains("in use");
  }

  private static List<InetAddress> addresses() throws IOException {
    List<InetAddress> addresses = new ArrayList<>();
    addresses.add(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    addresses.addAll(HostCandidateHarvester.getAllAllowedAddresses());
    return addresses;
  }

  /** The port's number. */
  public int port() {
    return port;
  }

  /** Opens a session on this port. */
  public IcePath session(IcePath.Listener listener) {
    Agent agent = new Agent();
    for (SinglePortUdpHarvester harvester : harvesters) {
      agent.addCandidateHarvester(harvester);
    }
    return Ice4jPath.gather(agent, listener);
  }

  @Override
  public void close() {
    harvesters.forEach(SinglePortUdpHarvester::close);
  }
}
