package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.dtls.DtlsRole;
import dev.amphi.interactive.transport.port.MediaLoop;
import dev.amphi.interactive.transport.port.MediaPort;
import dev.amphi.interactive.transport.port.MediaPortConfig;
import dev.amphi.interactive.transport.port.PortStats;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * The node's transports: all on one UDP port, on loopback and every address of the machine, told
 * apart by their ICE user fragments; the DTLS server's role, ICE-lite towards the far side.
 */
public final class UdpTransportFactory implements TransportFactory {
  private static final int POOLED_DATAGRAMS = 2_048;

  private final TransportSide side;
  private final MediaPort port;
  private final BufferPool pool = new BufferPool(POOLED_DATAGRAMS);

  private UdpTransportFactory(TransportSide side, MediaPort port) {
    this.side = side;
    this.port = port;
  }

  /** Begins what {@link #open} waits for; a start that has other things to do calls it first. */
  public static void prepare() {
    LoadedCiphers.begin();
  }

  /**
   * Opens the media port; takes about half a second.
   *
   * @param mediaPort 0 for any free one
   * @param clock for the certificates' validity
   * @throws IllegalStateException with a sentence for the operator when the port is taken
   */
  public static UdpTransportFactory open(int mediaPort, SecureRandom random, Clock clock) {
    return open(MediaPortConfig.onPort(mediaPort), random, clock);
  }

  /**
   * Opens the media port; takes about half a second.
   *
   * @param clock for the certificates' validity
   * @throws IllegalStateException with a sentence for the operator when the port is taken
   */
  public static UdpTransportFactory open(MediaPortConfig config, SecureRandom random, Clock clock) {
    return open(config, random, clock, address -> false);
  }

  /**
   * Opens the media port; takes about half a second.
   *
   * @param clock for the certificates' validity
   * @param relays knows the addresses of the operator's relays, to tell which paths lead over them;
   *     thread-safe, never blocks
   * @throws IllegalStateException with a sentence for the operator when the port is taken
   */
  public static UdpTransportFactory open(
      MediaPortConfig config, SecureRandom random, Clock clock, Predicate<InetAddress> relays) {
    MediaPort port = MediaPort.open(config, random);
    LoadedCiphers.await();
    return new UdpTransportFactory(new TransportSide(DtlsRole.SERVER, random, clock, relays), port);
  }

  @Override
  public Transport create(Executor loop, Transport.Listener listener) {
    return new SecureTransport(
        loop, MediaPort.currentLoop(), listener, side, pool, events -> port.session(loop, events));
  }

  @Override
  public List<? extends MediaLoop> loops() {
    return port.loops();
  }

  /** What happened to datagrams before they found a transport. */
  public PortStats portStats() {
    return port.stats();
  }

  @Override
  public int port() {
    return port.port();
  }

  @Override
  public void close() {
    side.close();
    port.close();
  }
}
