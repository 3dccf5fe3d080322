package dev.amphi.interactive.transport;

import java.util.concurrent.Executor;

/** Makes transports that share one UDP port, each with a certificate of its own. Thread-safe. */
public interface TransportFactory extends AutoCloseable {
  /**
   * Makes a path and gathers its local candidates; takes a few milliseconds.
   *
   * @param loop runs tasks one at a time and in order, as a Vert.x event loop does; it is only ever
   *     handed one task per burst of packets
   * @param listener heard on {@code loop}
   */
  Transport create(Executor loop, Transport.Listener listener);

  /** The UDP port that all its transports share. */
  int port();

  /** Closes the port; the transports are to be closed before. */
  @Override
  void close();
}
