package dev.amphi.interactive.room;

import dev.amphi.interactive.pipeline.EndpointConfig;
import dev.amphi.interactive.pipeline.MediaEndpoint;
import dev.amphi.interactive.send.SenderOutput;
import dev.amphi.interactive.transport.DtlsSetup;
import dev.amphi.interactive.transport.Transport;
import dev.amphi.interactive.transport.TransportFactory;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A transport with the media path on it; what comes after its end is not heard. */
final class MediaPath implements Transport.Listener, SenderOutput {
  /** What the session wants to know of its path. */
  interface Owner {
    void pathConnected(MediaPath path);

    void pathClosed(MediaPath path, String reason);

    /** A text came on a data channel. */
    void pathTold(byte[] message);
  }

  private final Owner owner;
  private final MediaEndpoint endpoint;
  private final Transport transport;
  private @Nullable DataLink data;
  private boolean closed;

  MediaPath(TransportFactory transports, RoomLoop loop, EndpointConfig config, Owner owner) {
    this.owner = owner;
    this.endpoint = new MediaEndpoint(config, this);
    this.transport = transports.create(loop, this);
  }

  MediaEndpoint endpoint() {
    return endpoint;
  }

  Transport transport() {
    return transport;
  }

  /** Takes data channels from now on. */
  void openData(RandomGenerator random) {
    if (data == null) {
      boolean dtlsClient = transport.local().setup() == DtlsSetup.ACTIVE;
      data = new DataLink(transport, dtlsClient, random, owner::pathTold);
    }
  }

  /** The far side's data channels, where they were agreed on. */
  @Nullable DataLink data() {
    return closed ? null : data;
  }

  void poll(long nowNanos) {
    if (!closed && data != null) {
      data.poll(nowNanos);
    }
    if (!closed && endpoint.nextDeadlineNanos() <= nowNanos) {
      endpoint.poll(nowNanos);
    }
  }

  /** Hears nothing and sends nothing any more. */
  void mute() {
    closed = true;
  }

  void close(String reason) {
    if (!closed) {
      closed = true;
      transport.close(reason);
    }
  }

  @Override
  public void connected() {
    if (!closed) {
      owner.pathConnected(this);
    }
  }

  @Override
  public void moved() {
    endpoint.moved();
  }

  @Override
  public void rtp(byte[] buffer, int offset, int length, long nowNanos) {
    if (!closed) {
      endpoint.onRtp(buffer, offset, length, nowNanos);
    }
  }

  @Override
  public void rtcp(byte[] buffer, int offset, int length, long nowNanos) {
    if (!closed) {
      endpoint.onRtcp(buffer, offset, length, nowNanos);
    }
  }

  @Override
  public void data(byte[] buffer, int offset, int length, long nowNanos) {
    if (!closed && data != null) {
      data.onPacket(buffer, offset, length, nowNanos);
    }
  }

  @Override
  public void closed(String reason) {
    if (!closed) {
      closed = true;
      owner.pathClosed(this, reason);
    }
  }

  @Override
  public void sendRtp(byte[] buffer, int offset, int length) {
    if (!closed) {
      transport.sendRtp(buffer, offset, length);
    }
  }

  @Override
  public void sendRtcp(byte[] buffer, int offset, int length) {
    if (!closed) {
      transport.sendRtcp(buffer, offset, length);
    }
  }
}
