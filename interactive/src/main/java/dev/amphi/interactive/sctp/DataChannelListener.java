package dev.amphi.interactive.sctp;

/** Hears of data channels, on their loop, from within {@link DataChannels}' calls. */
public interface DataChannelListener {
  /** The far side opened a channel, or acknowledged ours. */
  void opened(DataChannel channel);

  /**
   * A message came.
   *
   * @param message the listener's own from now on; may be empty
   * @param text whether it is UTF-8 text; not checked
   */
  void message(DataChannel channel, byte[] message, boolean text);

  /** A channel is closed, by whichever side. */
  void closed(DataChannel channel);
}
