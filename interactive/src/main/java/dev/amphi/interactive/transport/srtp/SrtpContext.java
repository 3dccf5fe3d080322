package dev.amphi.interactive.transport.srtp;

import java.security.GeneralSecurityException;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.logging2.LoggerImpl;

/**
 * The SRTP and SRTCP state of one transport (RFC 3711 §3.2): one cryptographic context for each
 * source and direction, made at its first packet. Confined to one thread at a time.
 */
public final class SrtpContext {
  /** A participant sends a handful; what comes beyond is an attack. */
  static final int MAX_RECEIVED_SOURCES = 64;

  /** A stage of a hundred with retransmissions. */
  static final int MAX_SENT_SOURCES = 512;

  private static final int MIN_RTP_BYTES = 12;
  private static final int MIN_RTCP_BYTES = 8;

  static {
    // Otherwise the first context compares all providers for a second, under a lock for everybody.
    Aes.setFactoryClassName("org.jitsi.srtp.crypto.Aes$SunJCECipherFactory");
  }

  private final SrtpContextFactory sending;
  private final SrtpContextFactory receiving;
  private final SsrcTable<SrtpCryptoContext> sentRtp = new SsrcTable<>(MAX_SENT_SOURCES);
  private final SsrcTable<SrtcpCryptoContext> sentRtcp = new SsrcTable<>(MAX_SENT_SOURCES);
  private final SsrcTable<SrtpCryptoContext> receivedRtp = new SsrcTable<>(MAX_RECEIVED_SOURCES);
  private final SsrcTable<SrtcpCryptoContext> receivedRtcp = new SsrcTable<>(MAX_RECEIVED_SOURCES);
  private final PacketSlice slice = new PacketSlice();

  /** Contexts from the keys of a finished handshake. */
  public SrtpContext(SrtpKeys keys) {
    LoggerImpl logger = new LoggerImpl(SrtpContext.class.getName());
    SrtpPolicy rtp = policy(keys.profile());
    SrtpPolicy rtcp = policy(keys.profile());
    sending = new SrtpContextFactory(true, keys.sendKey(), keys.sendSalt(), rtp, rtcp, logger);
    receiving =
        new SrtpContextFactory(false, keys.receiveKey(), keys.receiveSalt(), rtp, rtcp, logger);
  }

  /** Loads the ciphers of both profiles, so that the first participant does not wait for it. */
  public static void warmUp() {
    for (SrtpProfile profile : SrtpProfile.values()) {
      byte[] exported = new byte[SrtpKeys.exportedBytes(profile)];
      SrtpContext there = new SrtpContext(SrtpKeys.split(profile, exported, true));
      SrtpContext back = new SrtpContext(SrtpKeys.split(profile, exported, false));
      byte[] packet = new byte[128];
      packet[0] = (byte) 0x80;
      back.unprotectRtp(packet, 0, there.protectRtp(packet, 0, 64));
      packet = new byte[128];
      packet[0] = (byte) 0x80;
      packet[1] = (byte) 200;
      back.unprotectRtcp(packet, 0, there.protectRtcp(packet, 0, 64));
    }
  }

  private static SrtpPolicy policy(SrtpProfile profile) {
    SrtpPolicy policy =
        switch (profile) {
          case AEAD_AES_128_GCM ->
              new SrtpPolicy(
                  SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12);
          case AES128_CM_HMAC_SHA1_80 ->
              new SrtpPolicy(
                  SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
        };
    // A forwarder sends again what was lost, with its old number.
    policy.setSendReplayEnabled(false);
    return policy;
  }

  /**
   * Protects an RTP packet in place.
   *
   * @return its new length, or -1 when it is no RTP packet or from one source too many
   */
  public int protectRtp(byte[] buffer, int offset, int length) {
    if (length < MIN_RTP_BYTES) {
      return -1;
    }
    try {
      int ssrc = int32(buffer, offset + 8);
      SrtpCryptoContext context = sentRtp.get(ssrc);
      if (context == null) {
        if (sentRtp.full()) {
          return -1;
        }
        context = sending.deriveContext(ssrc, 0);
        sentRtp.put(ssrc, context);
      }
      slice.at(buffer, offset, length);
      return context.transformPacket(slice) == SrtpErrorStatus.OK ? slice.getLength() : -1;
    } catch (GeneralSecurityException e) {
      return -1;
    }
  }

  /** Protects a compound RTCP packet in place; otherwise as {@link #protectRtp}. */
  public int protectRtcp(byte[] buffer, int offset, int length) {
    if (length < MIN_RTCP_BYTES) {
      return -1;
    }
    try {
      int ssrc = int32(buffer, offset + 4);
      SrtcpCryptoContext context = sentRtcp.get(ssrc);
      if (context == null) {
        if (sentRtcp.full()) {
          return -1;
        }
        context = sending.deriveControlContext(ssrc);
        sentRtcp.put(ssrc, context);
      }
      slice.at(buffer, offset, length);
      return context.transformPacket(slice) == SrtpErrorStatus.OK ? slice.getLength() : -1;
    } catch (GeneralSecurityException e) {
      return -1;
    }
  }

  /** Checks and decrypts an RTP packet in place; its length is then {@link #plainLength}. */
  public SrtpStatus unprotectRtp(byte[] buffer, int offset, int length) {
    if (length < MIN_RTP_BYTES) {
      return SrtpStatus.NOT_AUTHENTIC;
    }
    int ssrc = int32(buffer, offset + 8);
    SrtpCryptoContext context = receivedRtp.get(ssrc);
    try {
      if (context != null) {
        return status(context.reverseTransformPacket(slice.at(buffer, offset, length), false));
      }
      if (receivedRtp.full()) {
        return SrtpStatus.TOO_MANY_SOURCES;
      }
      context = receiving.deriveContext(ssrc, 0);
      SrtpStatus status =
          status(context.reverseTransformPacket(slice.at(buffer, offset, length), false));
      if (status == SrtpStatus.OK) {
        // Only now: otherwise anybody fills the table with sources that are not there.
        receivedRtp.put(ssrc, context);
      }
      return status;
    } catch (GeneralSecurityException | IndexOutOfBoundsException e) {
      // Lengths inside the header that lie; the library reads before it has checked the tag.
      return SrtpStatus.NOT_AUTHENTIC;
    }
  }

  /** Checks and decrypts a compound RTCP packet in place; as {@link #unprotectRtp}. */
  public SrtpStatus unprotectRtcp(byte[] buffer, int offset, int length) {
    if (length < MIN_RTCP_BYTES) {
      return SrtpStatus.NOT_AUTHENTIC;
    }
    int ssrc = int32(buffer, offset + 4);
    SrtcpCryptoContext context = receivedRtcp.get(ssrc);
    try {
      if (context != null) {
        return status(context.reverseTransformPacket(slice.at(buffer, offset, length)));
      }
      if (receivedRtcp.full()) {
        return SrtpStatus.TOO_MANY_SOURCES;
      }
      context = receiving.deriveControlContext(ssrc);
      SrtpStatus status = status(context.reverseTransformPacket(slice.at(buffer, offset, length)));
      if (status == SrtpStatus.OK) {
        receivedRtcp.put(ssrc, context);
      }
      return status;
    } catch (GeneralSecurityException | IndexOutOfBoundsException e) {
      return SrtpStatus.NOT_AUTHENTIC;
    }
  }

  /** The length in the clear of the packet that was unprotected last. */
  public int plainLength() {
    return slice.getLength();
  }

  private static SrtpStatus status(SrtpErrorStatus status) {
    return switch (status) {
      case OK -> SrtpStatus.OK;
      case REPLAY_FAIL, REPLAY_OLD -> SrtpStatus.REPLAYED;
      case FAIL, AUTH_FAIL, INVALID_PACKET -> SrtpStatus.NOT_AUTHENTIC;
    };
  }

  private static int int32(byte[] buffer, int at) {
    return (buffer[at] & 0xFF) << 24
        | (buffer[at + 1] & 0xFF) << 16
        | (buffer[at + 2] & 0xFF) << 8
        | (buffer[at + 3] & 0xFF);
  }
}
