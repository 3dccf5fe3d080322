package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.ice.IcePath;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Clients with our own DTLS and SRTP over ICE paths of the test's choice. */
record PathClients(TransportSide side, Function<IcePath.Listener, IcePath> paths)
    implements TransportFactory {
  @Override
  public Transport create(Executor loop, Transport.Listener listener) {
    return new SecureTransport(loop, null, listener, side, new BufferPool(8), paths);
  }

  @Override
  public int port() {
    return 0;
  }

  @Override
  public void close() {}
}
