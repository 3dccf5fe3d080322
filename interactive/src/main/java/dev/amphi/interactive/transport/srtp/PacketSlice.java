package dev.amphi.interactive.transport.srtp;

import org.jitsi.utils.ByteArrayBuffer;

/** A view on a packet that is transformed in place; one is reused for all packets of a context. */
final class PacketSlice implements ByteArrayBuffer {
  private byte[] buffer = new byte[0];
  private int offset;
  private int length;

  PacketSlice at(byte[] newBuffer, int newOffset, int newLength) {
    buffer = newBuffer;
    offset = newOffset;
    length = newLength;
    return this;
  }

  @Override
  public byte[] getBuffer() {
    return buffer;
  }

  @Override
  public int getOffset() {
    return offset;
  }

  @Override
  public int getLength() {
    return length;
  }

  @Override
  public void setLength(int newLength) {
    length = newLength;
  }

  @Override
  public void setOffset(int newOffset) {
    offset = newOffset;
  }

  @Override
  public boolean isInvalid() {
    return false;
  }

  @Override
  public void readRegionToBuff(int from, int count, byte[] into) {
    System.arraycopy(buffer, offset + from, into, 0, count);
  }

  /** The tail is there by contract; moving to a larger array would lose the caller's. */
  @Override
  public void grow(int count) {
    if (offset + length + count > buffer.length) {
      throw new IllegalArgumentException(
          "A packet to protect needs " + count + " bytes of room behind it.");
    }
  }

  @Override
  public void append(byte[] data, int count) {
    grow(count);
    System.arraycopy(data, 0, buffer, offset + length, count);
    length += count;
  }

  @Override
  public void shrink(int count) {
    length -= count;
  }
}
