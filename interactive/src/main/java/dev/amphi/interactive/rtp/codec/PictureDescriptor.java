package dev.amphi.interactive.rtp.codec;

/** What the payload descriptors of VP8 (RFC 7741 §4.2) and VP9 (RFC 9628 §4.2) have in common. */
public interface PictureDescriptor {
  /** Reads the descriptor of a payload; false when it is cut short or nothing follows it. */
  boolean wrap(byte[] b, int offset, int length);

  /** Bytes of the descriptor. */
  int size();

  /** Width of the picture id: 0 when there is none, 7 or 15. */
  int pictureIdBits();

  /** Where the picture id is, or -1. */
  int pictureIdAt();

  int pictureId();

  /** Where TL0PICIDX is, or -1. */
  int tl0At();

  int tl0();
}
