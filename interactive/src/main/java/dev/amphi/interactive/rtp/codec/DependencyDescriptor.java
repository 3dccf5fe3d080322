package dev.amphi.interactive.rtp.codec;

import org.jspecify.annotations.Nullable;

/**
 * A view of the dependency descriptor in a packet's header extension (AOM "RTP Payload Format For
 * AV1" 1.0, Appendix A): which frame the packet is of, which layers, what it refers to. Hostile
 * input is refused, never thrown at; only a new structure allocates.
 *
 * <pre>
 *   |S|E|template id| frame number |    3 bytes, mostly all
 *   |structure?|active targets?|custom indications?|custom references?|custom chains?|
 *   [structure] [active targets] [indications] [references] [chains]
 * </pre>
 */
public final class DependencyDescriptor {
  /** Bytes that every descriptor has. */
  public static final int MANDATORY = 3;

  /** The frame is not of the decode target. */
  public static final int NOT_PRESENT = 0;

  /** The frame is of the decode target, and no other frame of it needs it. */
  public static final int DISCARDABLE = 1;

  /** From this frame on the decode target can be decoded, if this one can. */
  public static final int SWITCH = 2;

  /** The frame is of the decode target. */
  public static final int REQUIRED = 3;

  private static final int MAX_REFERENCES = 32;

  private final BitReader in = new BitReader();
  private final StructureCache structures = new StructureCache();
  private final byte[] indications = new byte[DependencyStructure.MAX_TARGETS];
  private final int[] differences = new int[MAX_REFERENCES];
  private final int[] chainDifferences = new int[DependencyStructure.MAX_TARGETS];
  private int flags;
  private int frameNumber;
  private @Nullable DependencyStructure attached;
  private @Nullable DependencyStructure structure;
  private boolean activeTold;
  private int active;
  private int structureEnd;
  private int template;
  private int differenceCount = -1;
  private boolean customIndications;
  private boolean customChains;

  /**
   * Reads a descriptor; false when it is malformed or points to a template that is not there. A
   * structure with the same bytes as the one before is the same object.
   *
   * @param known the structure that came before, for descriptors that have none with them
   */
  public boolean wrap(byte[] b, int offset, int length, @Nullable DependencyStructure known) {
    attached = null;
    activeTold = false;
    customIndications = false;
    customChains = false;
    differenceCount = -1;
    if (length < MANDATORY) {
      return false;
    }
    in.wrap(b, offset, length);
    flags = in.bits(8);
    frameNumber = in.bits(16);
    structure = known;
    if (length == MANDATORY) {
      return definition(0);
    }
    int extended = in.bits(5);
    if ((extended & 0x10) != 0) {
      attached = structures.read(in, b, offset + MANDATORY, offset + length);
      structure = attached;
      structureEnd = in.position();
    }
    DependencyStructure now = structure;
    if (now == null) {
      return false;
    }
    if ((extended & 0x08) != 0) {
      activeTold = true;
      active = in.bits(now.targets() - 1) << 1 | in.bit(); // 32 bits too
    }
    return definition(extended);
  }

  private boolean definition(int extended) {
    DependencyStructure now = structure;
    template = now == null ? -1 : now.template(flags & 0x3F);
    if (now == null || template < 0) {
      return false;
    }
    customIndications = (extended & 0x04) != 0;
    for (int i = 0; customIndications && i < now.targets(); i++) {
      indications[i] = (byte) in.bits(2);
    }
    if ((extended & 0x02) != 0 && !readDifferences()) {
      return false;
    }
    customChains = (extended & 0x01) != 0;
    for (int i = 0; customChains && i < now.chains(); i++) {
      chainDifferences[i] = in.bits(8);
    }
    return !in.overrun();
  }

  private boolean readDifferences() {
    differenceCount = 0;
    for (int size = in.bits(2); size > 0; size = in.bits(2)) {
      if (differenceCount == MAX_REFERENCES) {
        return false;
      }
      differences[differenceCount++] = in.bits(4 * size) + 1;
    }
    return true;
  }

  /** Whether the packet is the first of its frame. */
  public boolean startsFrame() {
    return (flags & 0x80) != 0;
  }

  /** Whether the packet is the last of its frame. */
  public boolean endsFrame() {
    return (flags & 0x40) != 0;
  }

  /** The number of the frame, 16 bits, in the order of decoding. */
  public int frameNumber() {
    return frameNumber;
  }

  /** The structure that came with this packet: a key frame begins; null with most. */
  public @Nullable DependencyStructure attached() {
    return attached;
  }

  /** Where the structure that came with this packet ends: a bit of the array. */
  public int structureEnd() {
    return structureEnd;
  }

  /** Whether the packet says which decode targets are sent. */
  public boolean tellsActive() {
    return activeTold;
  }

  /** A bit for each decode target that is sent, when the packet {@link #tellsActive()}. */
  public int active() {
    return active;
  }

  /** The spatial layer, 0 the smallest. */
  public int spatial() {
    return structure == null ? 0 : structure.spatial(template);
  }

  /** The temporal layer, 0 the slowest. */
  public int temporal() {
    return structure == null ? 0 : structure.temporal(template);
  }

  /** What the frame is to a decode target: {@link #NOT_PRESENT} to {@link #REQUIRED}. */
  public int indication(int target) {
    if (customIndications) {
      return indications[target];
    }
    return structure == null || target >= structure.targets()
        ? NOT_PRESENT
        : structure.indication(template, target);
  }

  /** How many frames it refers to. */
  public int differenceCount() {
    if (differenceCount >= 0) {
      return differenceCount;
    }
    return structure == null ? 0 : structure.differenceCount(template);
  }

  /** How many frames back a frame is that it refers to. */
  public int difference(int i) {
    if (differenceCount >= 0) {
      return differences[i];
    }
    return structure == null ? 0 : structure.difference(template, i);
  }

  /** How many frames back the chain's frame before is; 0 when the chain begins here. */
  public int chainDifference(int chain) {
    if (customChains) {
      return chainDifferences[chain];
    }
    return structure == null || chain >= structure.chains()
        ? 0
        : structure.chainDifference(template, chain);
  }
}
