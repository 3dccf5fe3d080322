package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.srtp.SrtpContext;
import dev.amphi.interactive.transport.srtp.SrtpKeys;
import dev.amphi.interactive.transport.srtp.SrtpStatus;
import org.jspecify.annotations.Nullable;

/** SRTP and SRTCP of one transport, from its handshake's keys on. Confined to the loop. */
final class ProtectedMedia {
  private final TransportCounters counters;
  private @Nullable SrtpContext srtp;
  private int profile;

  ProtectedMedia(TransportCounters counters) {
    this.counters = counters;
  }

  /** The handshake agreed on these keys, of which that context was made. */
  void agreed(SrtpContext context, SrtpKeys keys) {
    srtp = context;
    profile = keys.profile().number();
  }

  /** Whether there are keys. */
  boolean ready() {
    return srtp != null;
  }

  /** The registered number of the protection profile, 0 before there is one. */
  int profile() {
    return profile;
  }

  /** Protects in place; the new length, or -1 when it cannot be sent. */
  int protectRtp(byte[] buffer, int offset, int length) {
    SrtpContext context = srtp;
    return context == null ? -1 : context.protectRtp(buffer, offset, length);
  }

  /** As {@link #protectRtp}, for a compound RTCP packet. */
  int protectRtcp(byte[] buffer, int offset, int length) {
    SrtpContext context = srtp;
    return context == null ? -1 : context.protectRtcp(buffer, offset, length);
  }

  /** Checks and decrypts in place; false and counted when the packet must not be used. */
  boolean unprotectRtp(Datagram datagram) {
    SrtpContext context = srtp;
    return context != null
        && took(context, context.unprotectRtp(datagram.bytes, 0, datagram.length));
  }

  /** As {@link #unprotectRtp}, for a compound RTCP packet. */
  boolean unprotectRtcp(Datagram datagram) {
    SrtpContext context = srtp;
    return context != null
        && took(context, context.unprotectRtcp(datagram.bytes, 0, datagram.length));
  }

  private boolean took(SrtpContext context, SrtpStatus status) {
    return switch (status) {
      case OK -> {
        counters.packetsReceived++;
        counters.bytesReceived += context.plainLength();
        yield true;
      }
      case REPLAYED -> {
        counters.dropsReplay++;
        yield false;
      }
      case NOT_AUTHENTIC, TOO_MANY_SOURCES -> {
        counters.dropsAuthentication++;
        yield false;
      }
    };
  }

  /** The length in the clear of the packet that was unprotected last. */
  int plainLength() {
    SrtpContext context = srtp;
    return context == null ? 0 : context.plainLength();
  }
}
