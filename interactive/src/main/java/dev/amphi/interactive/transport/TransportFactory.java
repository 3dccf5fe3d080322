package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.port.MediaLoop;
import java.util.List;
import java.util.concurrent.Executor;

/** Makes transports that share one UDP port, each with a certificate of its own. Thread-safe. */
public interface TransportFactory extends AutoCloseable {
  /**
   * Makes a path and gathers its local candidates; takes a few milliseconds.
   *
   * @param loop runs tasks one at a time and in order; called on one of {@link #loops}, it must run
   *     them there. It is only ever handed one task per burst of packets
   * @param listener heard on {@code loop}
   */
  Transport create(Executor loop, Transport.Listener listener);

  /** Loops that read the port and so are the best to live on; empty when there are none. */
  default List<? extends MediaLoop> loops() {
    return List.of();
  }

  /** The UDP port that all its transports share. */
  int port();

  /** Closes the port; the transports are to be closed before. */
  @Override
  void close();
}
