package dev.amphi.interactive.sctp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The data channels of one DTLS association (RFC 8831, RFC 8832), with the SCTP association under
 * them. Sans-I/O, confined to one loop: after each input call {@link #poll}, and again when {@link
 * #nextDeadlineNanos} has come.
 */
public final class DataChannels {
  /** Channels that are open at a time. */
  public static final int MAX_CHANNELS = 64;

  private static final int CONTROL = 50;
  private static final byte ACK_TYPE = 2;
  private static final byte[] ACK = {ACK_TYPE};

  private final SctpAssociation association;
  private final DataChannelListener listener;
  private final Map<Integer, DataChannel> channels = new HashMap<>();
  private final int streams;
  private int nextStream;
  private long nowNanos;
  private long refused;

  /**
   * @param dtlsClient whether this side is the DTLS client: then its channels have even numbers,
   *     else odd ones (RFC 8832 §6)
   */
  public DataChannels(
      SctpConfig config, boolean dtlsClient, RandomGenerator random, DataChannelListener listener) {
    this.listener = listener;
    this.streams = config.streams();
    this.nextStream = dtlsClient ? 0 : 1;
    this.association = new SctpAssociation(config, random, new FromAssociation());
  }

  /** The association under the channels: for its counters, and to connect or end it. */
  public SctpAssociation association() {
    return association;
  }

  /** What was refused: bad or too many OPENs, and messages on no channel. */
  public long refused() {
    return refused;
  }

  /**
   * Opens a channel; messages may be sent at once.
   *
   * @return empty when there are {@link #MAX_CHANNELS} already, or the association is over
   */
  public Optional<DataChannel> open(
      String label, String protocol, boolean ordered, Reliability reliability, long nowNanos) {
    while (channels.containsKey(nextStream)) {
      nextStream += 2;
    }
    if (channels.size() >= MAX_CHANNELS || nextStream >= streams) {
      return Optional.empty();
    }
    int stream = nextStream;
    byte[] open = new OpenMessage(ordered, reliability, label, protocol).write();
    if (!association.send(stream, CONTROL, open, false, Reliability.RELIABLE, nowNanos)) {
      return Optional.empty();
    }
    nextStream += 2;
    DataChannel channel =
        new DataChannel(
            association,
            stream,
            label,
            protocol,
            ordered,
            reliability,
            DataChannel.State.CONNECTING);
    channels.put(stream, channel);
    return Optional.of(channel);
  }

  /** Closes a channel; what was sent on it arrives first. */
  public void close(DataChannel channel) {
    if (channel.state() == DataChannel.State.OPEN
        || channel.state() == DataChannel.State.CONNECTING) {
      channel.state(DataChannel.State.CLOSING);
      association.reset(channel.stream());
    }
  }

  /** Takes what came as DTLS application data. */
  public void onPacket(byte[] buffer, int offset, int length, long nowNanos) {
    this.nowNanos = nowNanos;
    association.onPacket(buffer, offset, length, nowNanos);
  }

  /** Sends what may be sent. */
  public void poll(long nowNanos, PacketSink out) {
    this.nowNanos = nowNanos;
    association.poll(nowNanos, out);
  }

  /** When {@link #poll} wants to be called next, or {@link Long#MAX_VALUE}; the past means now. */
  public long nextDeadlineNanos() {
    return association.nextDeadlineNanos();
  }

  private void onControl(int stream, byte[] message) {
    DataChannel known = channels.get(stream);
    if (message[0] == ACK_TYPE) {
      if (known != null && known.state() == DataChannel.State.CONNECTING) {
        known.state(DataChannel.State.OPEN);
        listener.opened(known);
      }
      return;
    }
    Optional<OpenMessage> open = OpenMessage.read(message);
    if (open.isEmpty() || known != null || channels.size() >= MAX_CHANNELS) {
      refuse(stream, known);
      return;
    }
    DataChannel channel =
        new DataChannel(
            association,
            stream,
            open.get().label(),
            open.get().protocol(),
            open.get().ordered(),
            open.get().reliability(),
            DataChannel.State.OPEN);
    channels.put(stream, channel);
    association.send(stream, CONTROL, ACK, false, Reliability.RELIABLE, nowNanos);
    listener.opened(channel);
  }

  /** RFC 8832 §6: an OPEN that cannot be served closes its channel. */
  private void refuse(int stream, @Nullable DataChannel known) {
    refused++;
    if (known == null) {
      association.reset(stream);
    } else {
      close(known);
    }
  }

  private void onUserMessage(int stream, DataChannel.Payload payload, byte[] message) {
    DataChannel channel = channels.get(stream);
    if (channel == null || payload == DataChannel.Payload.OTHER) {
      refused++;
      return;
    }
    if (channel.state() == DataChannel.State.CONNECTING) {
      // Whoever writes on it has read its OPEN.
      channel.state(DataChannel.State.OPEN);
      listener.opened(channel);
    }
    if (channel.state() == DataChannel.State.OPEN) {
      listener.message(channel, payload.empty() ? new byte[0] : message, payload.text());
    }
  }

  private void gone(DataChannel channel) {
    channels.remove(channel.stream());
    channel.state(DataChannel.State.CLOSED);
    listener.closed(channel);
  }

  /** Hears of the association. */
  private final class FromAssociation implements SctpListener {
    @Override
    public void established() {}

    @Override
    public void message(int stream, long payloadType, byte[] message) {
      if (payloadType == CONTROL) {
        onControl(stream, message);
      } else {
        onUserMessage(stream, DataChannel.payload(payloadType), message);
      }
    }

    /** RFC 8831 §6.7: the far side closes, and this side does the same to its own streams. */
    @Override
    public void incomingReset(List<Integer> reset) {
      for (int stream : reset.isEmpty() ? List.copyOf(channels.keySet()) : reset) {
        DataChannel channel = channels.get(stream);
        if (channel != null) {
          close(channel);
        }
      }
    }

    @Override
    public void outgoingReset(List<Integer> reset) {
      for (int stream : reset) {
        DataChannel channel = channels.get(stream);
        if (channel != null) {
          gone(channel);
        }
      }
    }

    @Override
    public void closed(String reason) {
      for (DataChannel channel : List.copyOf(channels.values())) {
        gone(channel);
      }
    }
  }
}
