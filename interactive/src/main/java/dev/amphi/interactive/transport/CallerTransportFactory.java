package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.caller.CallerPath;
import dev.amphi.interactive.transport.dtls.DtlsRole;
import dev.amphi.interactive.transport.srtp.SrtpContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * Transports of a client in Java: the controlling side of ICE, the DTLS client's role, a socket
 * each. {@link RemoteParameters#candidates} has to name the server.
 */
public final class CallerTransportFactory implements TransportFactory {
  private static final int POOLED_DATAGRAMS = 512;

  private final TransportSide side;
  private final SecureRandom random;
  private final BufferPool pool = new BufferPool(POOLED_DATAGRAMS);

  /**
   * Makes the client's certificate; takes about half a second.
   *
   * @param clock for the certificate's validity
   */
  public CallerTransportFactory(SecureRandom random, Clock clock) {
    this.random = random;
    SrtpContext.warmUp();
    side = new TransportSide(DtlsRole.CLIENT, random, clock);
  }

  @Override
  public Transport create(Executor loop, Transport.Listener listener) {
    return new SecureTransport(
        loop, null, listener, side, pool, events -> CallerPath.open(random, events));
  }

  /** 0: each transport has a port of its own. */
  @Override
  public int port() {
    return 0;
  }

  @Override
  public void close() {
    side.close();
  }
}
