package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.DependencyDescriptor;
import dev.amphi.interactive.rtp.codec.DependencyStructure;

/**
 * AV1 with its dependency descriptor (AOM "RTP Payload Format For AV1" 1.0, Appendix A). {@link
 * DecodeTargets} says what passes; the marker moves to the last packet that is left of a picture.
 * Frame numbers and template ids run on when the source changes, with their holes: references are
 * told as distances. What is left out is told as decode targets that are not active. Packets
 * without a descriptor, or with one that cannot be read, pass as they are. A subscriber who does
 * not take descriptors gets the smallest spatial layer, as browsers cannot follow more then.
 */
final class Av1Continuity implements Continuity {
  private final DependencyDescriptor descriptor = new DependencyDescriptor();
  private final DependencyRewriter rewriter = new DependencyRewriter(descriptor);
  private final DecodeTargets targets = new DecodeTargets();
  private int descriptorId;
  private int outId;
  private boolean starting;
  private boolean everStarted;
  private long shift;
  private long structureFrame;
  private long activeFrame;
  private int templateShift;
  private int usedTemplates;
  private boolean limitTold;
  private long highestOut;
  private long timestamp;
  private long given;
  private boolean last;

  @Override
  public void extensions(HeaderExtensions in, HeaderExtensions out) {
    int id = in.id(HeaderExtension.DEPENDENCY_DESCRIPTOR);
    descriptorId = id <= DependencyRewriter.MAX_SOURCE_ID ? id : 0;
    outId = out.id(HeaderExtension.DEPENDENCY_DESCRIPTOR);
  }

  @Override
  public void start() {
    starting = true;
  }

  @Override
  public void target(int spatial, int temporal) {
    targets.want(outId == 0 ? 0 : spatial, temporal);
  }

  @Override
  public boolean needsKeyFrame() {
    return !starting && targets.needsKeyFrame();
  }

  @Override
  public boolean take(RtpPacket packet) {
    given = 0;
    last = packet.marker();
    int at = packet.extensionOffset(descriptorId);
    int length = packet.extensionLength(descriptorId);
    if (at < 0 || length < DependencyDescriptor.MANDATORY) {
      return true;
    }
    if (starting) {
      targets.start(0); // No structure of before holds for what comes now.
    }
    boolean readable = descriptor.wrap(packet.buffer(), at, length, targets.structure());
    long number = number();
    DependencyStructure attached = readable ? descriptor.attached() : null;
    if (attached != null && targets.tooOld(number)) { // Its sender began anew.
      starting = true;
      number = number();
    }
    boolean repeated = attached == targets.structure();
    if (attached != null && (repeated ? number > structureFrame : number >= structureFrame)) {
      adopt(attached, number);
    }
    highestOut = Math.max(highestOut, number + shift);
    boolean passes = !readable || takeFrame(packet, number);
    given =
        DependencyRewriter.give(
            (int) (number + shift), templateShift, descriptorId, mask(readable), targetCount());
    return passes;
  }

  /** The frame's number, unwrapped; that of a new source's first frame is its own. */
  private long number() {
    int number = descriptor.frameNumber();
    if (starting) {
      starting = false;
      targets.start(number);
      shift = everStarted ? highestOut + 1 - number : 0;
      everStarted = true;
      structureFrame = number;
      activeFrame = number;
      timestamp = -1;
      return number;
    }
    return targets.highest() + (short) (number - targets.highest());
  }

  /** §A.8.3: the ids of different structures must not overlap. */
  private void adopt(DependencyStructure attached, long number) {
    if (targets.structure() == null) {
      int shiftTo = usedTemplates == 0 ? attached.idOffset() : usedTemplates;
      templateShift = shiftTo - attached.idOffset();
    }
    usedTemplates = attached.idOffset() + templateShift + attached.templates();
    structureFrame = number;
    limitTold = false;
    targets.structure(attached);
    if (number >= activeFrame) { // §A.4: with a structure all are active, unless it is told.
      activeFrame = number;
      targets.allSent();
    }
  }

  private boolean takeFrame(RtpPacket packet, long number) {
    boolean newest = number > targets.highest();
    if (descriptor.tellsActive() && number >= activeFrame) {
      activeFrame = number;
      targets.sent(descriptor.active());
    }
    boolean passes = targets.take(descriptor, number, packet.timestamp() != timestamp);
    timestamp = newest ? packet.timestamp() : timestamp;
    last |= passes && descriptor.endsFrame() && targets.endsPicture(descriptor, number);
    return passes;
  }

  /** §A.4: in every packet from when something is left out to the next structure. */
  private int mask(boolean readable) {
    DependencyStructure structure = targets.structure();
    if (!readable || structure == null) {
      return 0;
    }
    limitTold |= !targets.complete();
    return limitTold ? targets.active() : 0;
  }

  private int targetCount() {
    DependencyStructure structure = targets.structure();
    return structure == null ? 1 : structure.targets();
  }

  @Override
  public boolean marker(RtpPacket packet) {
    return last;
  }

  @Override
  public long given() {
    return given;
  }

  @Override
  public boolean append(RtpPacket out, RtpPacket packet, long given) {
    int id = DependencyRewriter.sourceId(given);
    int at = id == 0 || outId == 0 ? -1 : packet.extensionOffset(id);
    if (at >= 0) {
      int length = rewriter.rewrite(packet.buffer(), at, packet.extensionLength(id), given);
      int to = length == 0 ? -1 : out.appendExtension(outId, length);
      if (to < 0) {
        return false;
      }
      System.arraycopy(rewriter.rewritten(), 0, out.buffer(), to, length);
    }
    return out.appendPayload(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
  }
}
