package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.codec.DependencyDescriptor;
import dev.amphi.interactive.rtp.codec.DependencyStructure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which frames of a stream with a dependency structure pass (AOM "RTP Payload Format For AV1" 1.0,
 * §A.5 to §A.7): those of one decode target, as far as what they refer to has passed. The target is
 * chosen anew at the first frame of each picture: the best one up to the wanted layers whose chain
 * is whole, or without chains one that may begin there (a switch indication). One of which frames
 * were left out begins again where the slowest temporal layer is. Frame numbers are unwrapped.
 */
final class DecodeTargets {
  private static final int REMEMBERED = 256;
  private static final byte UNKNOWN = 0;
  private static final byte PASSED = 1;
  private static final byte LEFT_OUT = 2;
  private static final int NONE = -1;

  private final byte[] fate = new byte[REMEMBERED];
  private final byte[] targetThen = new byte[REMEMBERED];
  private final boolean[] broken = new boolean[DependencyStructure.MAX_TARGETS];
  private @Nullable DependencyStructure structure;
  private int wantedSpatial = Integer.MAX_VALUE;
  private int wantedTemporal = Integer.MAX_VALUE;
  private int sent;
  private int lacking; // targets of which a frame was left out since they could begin
  private int target = NONE;
  private long highest;

  /** Forgets everything; {@code first} is the first frame of another source. */
  void start(long first) {
    Arrays.fill(fate, UNKNOWN);
    highest = first - 1;
    structure = null;
    target = NONE;
  }

  /** The layers that are wanted: all up to these. */
  void want(int spatial, int temporal) {
    wantedSpatial = spatial;
    wantedTemporal = temporal;
  }

  /** The structure that holds; null as long as there is none. */
  @Nullable DependencyStructure structure() {
    return structure;
  }

  /** The newest frame. */
  long highest() {
    return highest;
  }

  /** Whether nothing is known any more of a frame and of those about it. */
  boolean tooOld(long number) {
    return highest - number >= REMEMBERED;
  }

  /** A structure holds from a frame on; one that is repeated changes nothing. */
  void structure(DependencyStructure next) {
    if (structure != next) {
      structure = next;
      allSent();
      target = NONE;
      lacking = 0;
      Arrays.fill(broken, false);
    }
  }

  /** The sender does not say that it leaves decode targets out. */
  void allSent() {
    sent = structure == null ? 0 : all(structure);
  }

  /** The sender says which decode targets it sends. */
  void sent(int mask) {
    sent = mask;
  }

  private static int all(DependencyStructure of) {
    return -1 >>> (DependencyStructure.MAX_TARGETS - of.targets());
  }

  /**
   * Whether a frame passes; the same for each of its packets.
   *
   * @param newPicture whether it is of another instant than the newest frame
   */
  boolean take(DependencyDescriptor frame, long number, boolean newPicture) {
    if (tooOld(number)) {
      return false;
    }
    if (number > highest) {
      advance(frame, number, newPicture);
    } else if (target == NONE && structure != null) {
      target = choose(structure, frame, number); // A structure that came after its frame's others.
    }
    int i = place(number);
    if (fate[i] == UNKNOWN) {
      boolean of = frame.indication(targetThen[i]) != DependencyDescriptor.NOT_PRESENT;
      fate[i] = of && refersToPassed(frame, number) ? PASSED : LEFT_OUT;
      if (fate[i] == LEFT_OUT && targetThen[i] == target) {
        lacking |= targetsOf(frame);
      }
    }
    return fate[i] == PASSED;
  }

  private int targetsOf(DependencyDescriptor frame) {
    int mask = 0;
    for (int t = 0; structure != null && t < structure.targets(); t++) {
      mask |= frame.indication(t) == DependencyDescriptor.NOT_PRESENT ? 0 : 1 << t;
    }
    return mask;
  }

  private void advance(DependencyDescriptor frame, long number, boolean newPicture) {
    for (long n = Math.max(highest + 1, number - REMEMBERED + 1); n <= number; n++) {
      fate[place(n)] = UNKNOWN;
      targetThen[place(n)] = (byte) Math.max(target, 0);
    }
    highest = number;
    DependencyStructure now = structure;
    if (now == null) {
      return;
    }
    for (int chain = 0; chain < now.chains(); chain++) {
      int back = frame.chainDifference(chain);
      broken[chain] = back > 0 && (broken[chain] || leftOut(number - back));
    }
    if (newPicture || target == NONE) {
      target = choose(now, frame, number);
      lacking &= frame.temporal() == 0 ? ~wholeTargets(now) : -1;
    }
    targetThen[place(number)] = (byte) target;
  }

  private int choose(DependencyStructure now, DependencyDescriptor frame, long number) {
    int best = NONE;
    for (int t = 0; t < now.targets(); t++) {
      if (wanted(now, t) && better(now, t, best) && reachable(now, t, frame, number)) {
        best = t;
      }
    }
    if (best != NONE) {
      return best;
    }
    return target == NONE ? smallest(now) : target;
  }

  private boolean wanted(DependencyStructure now, int t) {
    return (sent >>> t & 1) != 0
        && now.targetSpatial(t) <= wantedSpatial
        && now.targetTemporal(t) <= wantedTemporal;
  }

  private static boolean better(DependencyStructure now, int t, int than) {
    return than == NONE
        || now.targetSpatial(t) > now.targetSpatial(than)
        || (now.targetSpatial(t) == now.targetSpatial(than)
            && now.targetTemporal(t) > now.targetTemporal(than));
  }

  private boolean reachable(
      DependencyStructure now, int t, DependencyDescriptor frame, long number) {
    if (now.chains() > 0) { // Chromium's switch indications are true only with their chain whole.
      boolean afresh = t == target || (lacking >>> t & 1) == 0 || frame.temporal() == 0;
      return !broken[now.protectedBy(t)] && afresh;
    }
    if (frame.indication(t) == DependencyDescriptor.SWITCH && refersToPassed(frame, number)) {
      return true;
    }
    return target != NONE
        && now.targetSpatial(t) <= now.targetSpatial(target)
        && now.targetTemporal(t) <= now.targetTemporal(target);
  }

  private static int smallest(DependencyStructure now) {
    int smallest = 0;
    for (int t = 1; t < now.targets(); t++) {
      smallest = better(now, smallest, t) ? t : smallest;
    }
    return smallest;
  }

  private boolean refersToPassed(DependencyDescriptor frame, long number) {
    for (int i = 0; i < frame.differenceCount(); i++) {
      if (leftOut(number - frame.difference(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean leftOut(long number) {
    return highest - number < REMEMBERED && fate[place(number)] == LEFT_OUT;
  }

  private static int place(long number) {
    return (int) number & (REMEMBERED - 1);
  }

  /** Whether the frame is the last of its picture that passes. */
  boolean endsPicture(DependencyDescriptor frame, long number) {
    DependencyStructure now = structure;
    int then = targetThen[place(number)];
    return now != null && then < now.targets() && frame.spatial() == now.targetSpatial(then);
  }

  /** Whether the wanted spatial layer is sent, and can be shown from a key frame on only. */
  boolean needsKeyFrame() {
    DependencyStructure now = structure;
    if (now == null || target == NONE) {
      return false;
    }
    int best = NONE;
    for (int t = 0; t < now.targets(); t++) {
      best = wanted(now, t) && better(now, t, best) ? t : best;
    }
    if (best == NONE || now.targetSpatial(best) == now.targetSpatial(target)) {
      return false;
    }
    return now.chains() > 0
        ? broken[now.protectedBy(best)]
        : now.targetSpatial(best) > now.targetSpatial(target);
  }

  /**
   * A bit for each decode target of which everything passes; all of them when nothing is left out.
   */
  int active() {
    DependencyStructure now = structure;
    if (now == null || target == NONE) {
      return 0;
    }
    return (wholeTargets(now) & ~lacking) | 1 << target;
  }

  /** Those up to the chosen one that are sent, as far as their chains are whole. */
  private int wholeTargets(DependencyStructure now) {
    int mask = 0;
    for (int t = 0; t < now.targets(); t++) {
      boolean whole =
          (sent >>> t & 1) != 0
              && now.targetSpatial(t) <= now.targetSpatial(target)
              && now.targetTemporal(t) <= now.targetTemporal(target)
              && (now.chains() == 0 || !broken[now.protectedBy(t)]);
      mask |= whole ? 1 << t : 0;
    }
    return mask;
  }

  /** Whether nothing is left out. */
  boolean complete() {
    DependencyStructure now = structure;
    return now == null || active() == all(now);
  }
}
