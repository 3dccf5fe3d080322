package dev.amphi.interactive.rtp.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the frames of a stream depend on each other (AOM "RTP Payload Format For AV1" 1.0, §A.8.2,
 * {@code template_dependency_structure}): decode targets, the chains that protect them, and
 * templates to which each frame's descriptor points. Comes with a key frame. Immutable.
 */
public final class DependencyStructure {
  /** {@code dt_cnt_minus_one} has five bits. */
  public static final int MAX_TARGETS = 32;

  /** Template ids have six bits. */
  static final int MAX_TEMPLATES = 64;

  private static final int MAX_SPATIAL = 4;
  private static final int MAX_TEMPORAL = 8;

  /** What {@code next_layer_idc} says. */
  private static final int NEXT_TEMPORAL = 1;

  private static final int NEXT_SPATIAL = 2;
  private static final int NO_MORE = 3;

  private final int idOffset;
  private final int targets;
  private int templates;
  private int spatials;
  private int chains;
  private final byte[] templateSpatial = new byte[MAX_TEMPLATES];
  private final byte[] templateTemporal = new byte[MAX_TEMPLATES];
  private byte[] indications = {};
  private byte[] differences = {};
  private final int[] differencesFrom = new int[MAX_TEMPLATES + 1];
  private byte[] protectedBy = {};
  private byte[] chainDifferences = {};
  private final byte[] targetSpatial;
  private final byte[] targetTemporal;
  private final int[] sizes = new int[MAX_SPATIAL];

  private DependencyStructure(BitReader in) {
    idOffset = in.bits(6);
    targets = in.bits(5) + 1;
    targetSpatial = new byte[targets];
    targetTemporal = new byte[targets];
  }

  /** Reads a structure; null when it is malformed. */
  static @Nullable DependencyStructure read(BitReader in) {
    DependencyStructure structure = new DependencyStructure(in);
    return structure.readLayers(in)
            && structure.readIndications(in)
            && structure.readDifferences(in)
            && structure.readChains(in)
            && structure.readSizes(in)
        ? structure
        : null;
  }

  private boolean readLayers(BitReader in) {
    int spatial = 0;
    int temporal = 0;
    int next;
    do {
      if (templates == MAX_TEMPLATES || spatial >= MAX_SPATIAL || temporal >= MAX_TEMPORAL) {
        return false;
      }
      templateSpatial[templates] = (byte) spatial;
      templateTemporal[templates++] = (byte) temporal;
      next = in.bits(2);
      spatial += next == NEXT_SPATIAL ? 1 : 0;
      temporal = next == NEXT_SPATIAL ? 0 : temporal + (next == NEXT_TEMPORAL ? 1 : 0);
    } while (next != NO_MORE);
    spatials = spatial + 1;
    return !in.overrun();
  }

  private boolean readIndications(BitReader in) {
    if (in.left() < 2 * templates * targets) {
      return false;
    }
    indications = new byte[templates * targets];
    for (int i = 0; i < indications.length; i++) {
      indications[i] = (byte) in.bits(2);
      if (indications[i] != DependencyDescriptor.NOT_PRESENT) {
        int target = i % targets;
        int template = i / targets;
        targetSpatial[target] = (byte) Math.max(targetSpatial[target], templateSpatial[template]);
        targetTemporal[target] =
            (byte) Math.max(targetTemporal[target], templateTemporal[template]);
      }
    }
    return true;
  }

  private boolean readDifferences(BitReader in) {
    byte[] found = new byte[Math.max(0, in.left() / 5)];
    int count = 0;
    for (int template = 0; template < templates; template++) {
      differencesFrom[template] = count;
      while (in.flag()) {
        if (count == found.length) {
          return false;
        }
        found[count++] = (byte) (in.bits(4) + 1);
      }
    }
    differencesFrom[templates] = count;
    differences = Arrays.copyOf(found, count);
    return !in.overrun();
  }

  private boolean readChains(BitReader in) {
    chains = in.nonSymmetric(targets + 1);
    if (chains == 0) {
      return !in.overrun();
    }
    protectedBy = new byte[targets];
    for (int i = 0; i < targets; i++) {
      protectedBy[i] = (byte) in.nonSymmetric(chains);
    }
    if (in.left() < 4 * templates * chains) {
      return false;
    }
    chainDifferences = new byte[templates * chains];
    for (int i = 0; i < chainDifferences.length; i++) {
      chainDifferences[i] = (byte) in.bits(4);
    }
    return true;
  }

  private boolean readSizes(BitReader in) {
    if (in.flag()) {
      for (int i = 0; i < spatials; i++) {
        sizes[i] = PictureSize.of(in.bits(16) + 1, in.bits(16) + 1);
      }
    }
    return !in.overrun();
  }

  /** The id of the first template. */
  public int idOffset() {
    return idOffset;
  }

  /** How many templates there are. */
  public int templates() {
    return templates;
  }

  /** How many decode targets there are: 1 to 32. */
  public int targets() {
    return targets;
  }

  /** How many chains there are; 0 when nothing is protected by any. */
  public int chains() {
    return chains;
  }

  /** How many spatial layers there are. */
  public int spatials() {
    return spatials;
  }

  /** The highest spatial layer of a decode target. */
  public int targetSpatial(int target) {
    return targetSpatial[target];
  }

  /** The highest temporal layer of a decode target. */
  public int targetTemporal(int target) {
    return targetTemporal[target];
  }

  /** The chain that protects a decode target; only when there are chains. */
  public int protectedBy(int target) {
    return protectedBy[target];
  }

  /** The {@link PictureSize} of a spatial layer, or {@link PictureSize#UNKNOWN}. */
  public int size(int spatial) {
    return spatial < MAX_SPATIAL ? sizes[spatial] : PictureSize.UNKNOWN;
  }

  /** The template with an id, or -1. */
  int template(int id) {
    int template = (id - idOffset) & (MAX_TEMPLATES - 1);
    return template < templates ? template : -1;
  }

  int spatial(int template) {
    return templateSpatial[template];
  }

  int temporal(int template) {
    return templateTemporal[template];
  }

  int indication(int template, int target) {
    return indications[template * targets + target];
  }

  int differenceCount(int template) {
    return differencesFrom[template + 1] - differencesFrom[template];
  }

  int difference(int template, int i) {
    return differences[differencesFrom[template] + i];
  }

  int chainDifference(int template, int chain) {
    return chainDifferences[template * chains + chain];
  }
}
