package dev.amphi.interactive.rtp.codec;

/**
 * A view of the VP9 payload descriptor (RFC 9628 §4.2), flexible and non-flexible mode.
 *
 * <pre>
 *      0 1 2 3 4 5 6 7
 *     |I|P|L|F|B|E|V|Z|
 *  I: |M| PICTURE ID  | (and a second byte when M)
 *  L: | TID |U| SID |D|
 *     |   TL0PICIDX   | (non-flexible mode only)
 *  P,F: | P_DIFF    |N| (at most three)
 *  V: | N_S |Y|G|-|-|-| sizes of N_S + 1 layers when Y, pictures of a group when G
 * </pre>
 */
public final class Vp9Descriptor implements PictureDescriptor {
  /** RFC 9628 §4.2: N_S has three bits. */
  public static final int MAX_SPATIAL = 8;

  private static final int MAX_REFERENCES = 3;

  private final int[] sizes = new int[MAX_SPATIAL];
  private byte[] bytes = {};
  private int at;
  private int end;
  private int flags;
  private int size;
  private int pictureIdAt;
  private int pictureIdBits;
  private int pictureId;
  private int tl0At;
  private int tl0;
  private int temporal;
  private int spatial;
  private boolean switchUp;
  private boolean interLayer;
  private int sized;

  /** Reads the descriptor of a payload; false when it is cut short or nothing follows it. */
  @Override
  public boolean wrap(byte[] b, int offset, int length) {
    bytes = b;
    at = offset;
    end = offset + length;
    flags = next();
    pictureIdAt = -1;
    pictureIdBits = 0;
    tl0At = -1;
    temporal = 0;
    spatial = 0;
    switchUp = false;
    interLayer = false;
    sized = 0;
    if (has(0x80)) {
      readPictureId();
    }
    if (has(0x20)) {
      readLayers();
    }
    boolean whole = !has(0x40) || !flexible() || skipReferences();
    if (whole && has(0x02)) {
      readStructure();
    }
    size = at - offset;
    return whole && at < end;
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** The next byte; beyond the end 0, and {@link #wrap} says false. */
  private int next() {
    int value = at < end ? bytes[at] & 0xFF : 0;
    at++;
    return value;
  }

  private void readPictureId() {
    pictureIdAt = at;
    int first = next();
    pictureIdBits = (first & 0x80) != 0 ? 15 : 7;
    pictureId = pictureIdBits == 15 ? ((first & 0x7F) << 8) | next() : first;
  }

  private void readLayers() {
    int layers = next();
    temporal = layers >> 5;
    switchUp = (layers & 0x10) != 0;
    spatial = (layers >> 1) & 7;
    interLayer = (layers & 1) != 0;
    if (!flexible()) {
      tl0At = at;
      tl0 = next();
    }
  }

  private boolean skipReferences() {
    for (int i = 0; i < MAX_REFERENCES; i++) {
      if ((next() & 1) == 0) {
        return true;
      }
    }
    return false;
  }

  private void readStructure() {
    int head = next();
    int layers = (head >> 5) + 1;
    if ((head & 0x10) != 0) {
      for (int i = 0; i < layers; i++) {
        sizes[i] = PictureSize.of((next() << 8) | next(), (next() << 8) | next());
      }
      sized = layers;
    }
    if ((head & 0x08) != 0) {
      int pictures = next();
      for (int i = 0; i < pictures && at < end; i++) {
        int references = (next() >> 2) & 3;
        at += references;
      }
    }
  }

  /** Bytes of the descriptor. */
  @Override
  public int size() {
    return size;
  }

  /** Whether references are told with each picture, F. */
  public boolean flexible() {
    return has(0x10);
  }

  /** Whether the frame depends on earlier pictures, P. */
  public boolean interPicture() {
    return has(0x40);
  }

  /** Whether the payload begins a layer's frame, B. */
  public boolean startsFrame() {
    return has(0x08);
  }

  /** Whether the payload ends a layer's frame, E. */
  public boolean endsFrame() {
    return has(0x04);
  }

  /** Whether the payload begins a picture that decoding can start with. */
  public boolean startsKeyFrame() {
    return startsFrame() && !interPicture() && spatial == 0;
  }

  /** Whether the frame depends on the next lower spatial layer's of the same picture, D. */
  public boolean interLayer() {
    return interLayer;
  }

  /** Whether no higher spatial layer of the same picture depends on the frame, Z. */
  public boolean unusedAbove() {
    return has(0x01);
  }

  /** The temporal layer, TID. */
  public int temporal() {
    return temporal;
  }

  /** The spatial layer, SID. */
  public int spatial() {
    return spatial;
  }

  /** Whether higher temporal layers may follow from the next picture on, U. */
  public boolean switchUp() {
    return switchUp;
  }

  /** How many spatial layers' sizes the payload tells; mostly 0. */
  public int sized() {
    return sized;
  }

  /** The {@link PictureSize} of a spatial layer below {@link #sized()}. */
  public int size(int layer) {
    return sizes[layer];
  }

  /** Width of the picture id: 0 when there is none, 7 or 15. */
  @Override
  public int pictureIdBits() {
    return pictureIdBits;
  }

  /** Where the picture id is, or -1. */
  @Override
  public int pictureIdAt() {
    return pictureIdAt;
  }

  @Override
  public int pictureId() {
    return pictureId;
  }

  /** Where TL0PICIDX is, or -1. */
  @Override
  public int tl0At() {
    return tl0At;
  }

  @Override
  public int tl0() {
    return tl0;
  }
}
