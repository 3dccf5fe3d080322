package dev.amphi.interactive.rtp;

import java.util.Arrays;

/**
 * A view of one RTP packet (RFC 3550 §5.1) in a buffer that somebody else owns: a flyweight, moved
 * from packet to packet by {@link #wrap}.
 *
 * <p>Room: {@code limit} is the first byte that the packet must not grow into. {@link
 * #appendExtension} and {@link #appendPayload} grow the packet at its tail only (there is no need
 * of headroom) and refuse when the limit is reached. SRTP wants {@link #TAIL_ROOM} bytes behind the
 * packet; whoever builds packets to be protected leaves them free.
 */
public final class RtpPacket {
  /** Length of the header without CSRCs and extensions. */
  public static final int FIXED_HEADER = 12;

  /** No packet may be longer; longer datagrams are dropped before they come here. */
  public static final int MAX_LENGTH = 1500;

  /** What SRTP adds at most: authentication tag and key identifier. */
  public static final int TAIL_ROOM = 32;

  private static final byte[] NOTHING = new byte[0];

  private final ExtensionBlock extensions = new ExtensionBlock();
  private byte[] buffer = NOTHING;
  private int offset;
  private int length;
  private int limit;
  private int payloadOffset;
  private int paddingLength;

  /** Looks at a packet; false, and the view unusable, when it is not valid RTP. */
  public boolean wrap(byte[] buffer, int offset, int length) {
    return wrap(buffer, offset, length, offset + length);
  }

  /** As {@link #wrap(byte[], int, int)}, with room to grow until {@code limit}. */
  public boolean wrap(byte[] buffer, int offset, int length, int limit) {
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
    this.limit = limit;
    return length >= FIXED_HEADER && (buffer[offset] & 0xC0) == 0x80 && parse();
  }

  private boolean parse() {
    int end = offset + length;
    int at = offset + FIXED_HEADER + 4 * (buffer[offset] & 0x0F);
    paddingLength = 0;
    if ((buffer[offset] & 0x10) == 0) {
      extensions.absent();
    } else {
      at = extensions.wrap(buffer, at, end);
    }
    if (at < 0 || at > end) {
      return false;
    }
    payloadOffset = at;
    if ((buffer[offset] & 0x20) != 0) {
      paddingLength = at < end ? buffer[end - 1] & 0xFF : 0;
      return paddingLength > 0 && paddingLength <= end - at;
    }
    return true;
  }

  /**
   * Starts a new packet without payload; room for the fixed header must be there.
   *
   * @param limit first byte that must not be written
   */
  public void create(byte[] buffer, int offset, int limit, int payloadType, boolean marker) {
    if (limit - offset < FIXED_HEADER) {
      throw new IllegalArgumentException("No room for an RTP header: " + (limit - offset));
    }
    this.buffer = buffer;
    this.offset = offset;
    this.limit = limit;
    this.length = FIXED_HEADER;
    buffer[offset] = (byte) 0x80;
    buffer[offset + 1] = (byte) ((marker ? 0x80 : 0) | payloadType);
    parse();
  }

  public byte[] buffer() {
    return buffer;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  public boolean marker() {
    return (buffer[offset + 1] & 0x80) != 0;
  }

  public void marker(boolean marker) {
    buffer[offset + 1] = (byte) ((marker ? 0x80 : 0) | payloadType());
  }

  public int payloadType() {
    return buffer[offset + 1] & 0x7F;
  }

  public void payloadType(int payloadType) {
    buffer[offset + 1] = (byte) ((buffer[offset + 1] & 0x80) | payloadType);
  }

  public int sequence() {
    return ByteFields.u16(buffer, offset + 2);
  }

  public void sequence(int sequence) {
    ByteFields.put16(buffer, offset + 2, sequence);
  }

  /** The timestamp, 0 to 2^32 - 1. */
  public long timestamp() {
    return ByteFields.u32(buffer, offset + 4);
  }

  public void timestamp(long timestamp) {
    ByteFields.put32(buffer, offset + 4, timestamp);
  }

  /** The synchronisation source, 0 to 2^32 - 1. */
  public long ssrc() {
    return ByteFields.u32(buffer, offset + 8);
  }

  public void ssrc(long ssrc) {
    ByteFields.put32(buffer, offset + 8, ssrc);
  }

  /** Where the payload starts in {@link #buffer()}. */
  public int payloadOffset() {
    return payloadOffset;
  }

  /** The payload's length without padding; 0 for a packet that only probes. */
  public int payloadLength() {
    return offset + length - paddingLength - payloadOffset;
  }

  public int paddingLength() {
    return paddingLength;
  }

  /** Cuts the padding off. */
  public void removePadding() {
    length -= paddingLength;
    paddingLength = 0;
    buffer[offset] &= ~0x20;
  }

  /** Where the data of the extension with this id starts in {@link #buffer()}, or -1. */
  public int extensionOffset(int id) {
    return extensions.offset(id);
  }

  /** How long the data of the extension with this id is, or -1 when it is not there. */
  public int extensionLength(int id) {
    return extensions.length(id);
  }

  /** The first two bytes of an extension's data as a number, or -1 when it is not there. */
  public int extensionUnsigned16(int id) {
    return extensionLength(id) >= 2 ? ByteFields.u16(buffer, extensionOffset(id)) : -1;
  }

  /** The first byte of an extension's data, or -1 when it is not there. */
  public int extensionUnsigned8(int id) {
    return extensionLength(id) >= 1 ? ByteFields.u8(buffer, extensionOffset(id)) : -1;
  }

  /** An extension's data as text (MID, RID), or "" when it is not there. Allocates. */
  public String extensionText(int id) {
    return extensions.text(id);
  }

  /** Whether an extension's data is this ASCII text. */
  public boolean extensionEquals(int id, String text) {
    return extensions.matches(id, text);
  }

  /**
   * Reserves room for an extension and returns where its data goes, or -1, with nothing changed,
   * when it does not fit before the limit. A block in one-byte form takes on the two-byte form when
   * it has to. The payload, if any, moves towards the tail.
   */
  public int appendExtension(int id, int dataLength) {
    int used = extensions.used();
    int grow = extensions.growth(used, id, dataLength);
    int at = extensions.end(payloadOffset);
    if (grow < 0 || !moveTail(at, grow)) {
      return ExtensionBlock.NOT_FOUND;
    }
    buffer[offset] |= 0x10;
    return extensions.append(buffer, at, grow, used, id, dataLength);
  }

  /** Opens {@code grow} zero bytes at {@code from}, which is at or before the payload. */
  private boolean moveTail(int from, int grow) {
    int end = offset + length;
    if (end + grow > limit) {
      return false;
    }
    System.arraycopy(buffer, from, buffer, from + grow, end - from);
    Arrays.fill(buffer, from, from + grow, (byte) 0);
    length += grow;
    payloadOffset += grow;
    return true;
  }

  /** Adds bytes to the payload; false, with nothing changed, when they do not fit. */
  public boolean appendPayload(byte[] source, int sourceOffset, int count) {
    int end = offset + length;
    if (paddingLength > 0 || end + count > limit) {
      return false;
    }
    System.arraycopy(source, sourceOffset, buffer, end, count);
    length += count;
    return true;
  }

  /** Adds 1 to 255 bytes of padding; false, with nothing changed, when they do not fit. */
  public boolean appendPadding(int count) {
    int end = offset + length;
    if (count < 1 || count > 255 || paddingLength > 0 || end + count > limit) {
      return false;
    }
    Arrays.fill(buffer, end, end + count - 1, (byte) 0);
    buffer[end + count - 1] = (byte) count;
    buffer[offset] |= 0x20;
    length += count;
    paddingLength = count;
    return true;
  }

  /**
   * Turns a retransmission (RFC 4588 §4) into the packet that it repairs, in place: the original
   * sequence number leaves the payload, the header moves over its place. False, with nothing
   * changed, when there is no payload to unwrap (a probe).
   */
  public boolean unwrapRetransmission(long ssrc, int payloadType) {
    if (payloadLength() < 2) {
      return false;
    }
    int original = ByteFields.u16(buffer, payloadOffset);
    dropPayloadHead(2);
    sequence(original);
    ssrc(ssrc);
    payloadType(payloadType);
    return true;
  }

  /** Takes the first bytes of the payload away, in place: the header moves over them. */
  public void dropPayloadHead(int count) {
    System.arraycopy(buffer, offset, buffer, offset + count, payloadOffset - offset);
    offset += count;
    length -= count;
    payloadOffset += count;
    extensions.moved(count);
  }
}
