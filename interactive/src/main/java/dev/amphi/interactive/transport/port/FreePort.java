package dev.amphi.interactive.transport.port;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * A port and the addresses on which it is free for us alone: the sockets of our loops share it, and
 * so would another node unnoticed.
 */
record FreePort(int number, List<InetAddress> addresses) {
  private static final System.Logger LOG = System.getLogger(FreePort.class.getName());

  /** The port is free for UDP and taken for TCP. */
  static final class TcpTaken extends BindException {
    private static final long serialVersionUID = 1;

    TcpTaken(IOException cause) {
      super(cause.getMessage());
      initCause(cause);
    }
  }

  /** Tries the configured port, or any that is free on all these addresses. */
  static FreePort find(List<InetAddress> wanted, MediaPortConfig config) throws IOException {
    int common = config.port();
    List<InetAddress> addresses = new ArrayList<>();
    for (InetAddress address : wanted) {
      try (DatagramSocket probe = new DatagramSocket(common, address)) {
        common = probe.getLocalPort();
        if (config.tcp()) {
          requireFreeTcp(address, common);
        }
        addresses.add(address);
      } catch (IOException e) {
        if (address.isLoopbackAddress() || taken(e)) {
          throw e;
        }
        // An address that is just coming or going, as IPv6 ones do, must not stop the node.
        LOG.log(System.Logger.Level.WARNING, "no media on one address: {0}", e.getMessage());
      }
    }
    if (addresses.isEmpty()) {
      throw new IOException("no address to listen on");
    }
    return new FreePort(common, List.copyOf(addresses));
  }

  private static void requireFreeTcp(InetAddress address, int port) throws IOException {
    try (ServerSocket probe = new ServerSocket(port, 1, address)) {
      LOG.log(System.Logger.Level.DEBUG, "free: {0}", probe);
    } catch (IOException e) {
      throw new TcpTaken(e);
    }
  }

  /** Whether somebody else has the port. */
  static boolean taken(IOException e) {
    return e instanceof BindException && String.valueOf(e.getMessage()).contains("in use");
  }
}
