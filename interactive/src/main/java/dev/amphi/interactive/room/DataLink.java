package dev.amphi.interactive.room;

import dev.amphi.interactive.sctp.DataChannel;
import dev.amphi.interactive.sctp.DataChannelListener;
import dev.amphi.interactive.sctp.DataChannels;
import dev.amphi.interactive.sctp.SctpConfig;
import dev.amphi.interactive.transport.Transport;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A participant's data channels on its path, found by label; the participant opens them. */
final class DataLink implements DataChannelListener {
  /** Hears what comes. */
  interface Owner {
    /** A text came on a channel; as UTF-8, not checked. */
    void told(byte[] message);
  }

  private final Transport transport;
  private final Owner owner;
  private final DataChannels channels;
  private final Map<String, DataChannel> byLabel = new HashMap<>();

  /**
   * @param dtlsClient whether the node is the DTLS client on this path
   */
  DataLink(Transport transport, boolean dtlsClient, RandomGenerator random, Owner owner) {
    this.transport = transport;
    this.owner = owner;
    this.channels = new DataChannels(SctpConfig.WEBRTC, dtlsClient, random, this);
  }

  /** The channels, for their counters. */
  DataChannels channels() {
    return channels;
  }

  void onPacket(byte[] buffer, int offset, int length, long nowNanos) {
    channels.onPacket(buffer, offset, length, nowNanos);
    flush(nowNanos);
  }

  void poll(long nowNanos) {
    if (channels.nextDeadlineNanos() <= nowNanos) {
      flush(nowNanos);
    }
  }

  private void flush(long nowNanos) {
    channels.poll(nowNanos, transport::sendData);
  }

  /** Whether the participant opened a channel of that label. */
  boolean has(String label) {
    return byLabel.containsKey(label);
  }

  /**
   * Sends a text on the channel of that label.
   *
   * @param backlogBytes what may wait there already; beyond it the text is dropped
   * @return false when it was dropped, or there is no such channel
   */
  boolean tell(String label, byte[] text, long backlogBytes, long nowNanos) {
    DataChannel channel = byLabel.get(label);
    if (channel == null
        || channel.bufferedBytes() > backlogBytes
        || !channel.send(text, true, nowNanos)) {
      return false;
    }
    flush(nowNanos);
    return true;
  }

  @Override
  public void opened(DataChannel channel) {
    byLabel.put(channel.label(), channel);
  }

  @Override
  public void message(DataChannel channel, byte[] message, boolean text) {
    if (text) {
      owner.told(message);
    }
  }

  @Override
  public void closed(DataChannel channel) {
    byLabel.remove(channel.label(), channel);
  }
}
