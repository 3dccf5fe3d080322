package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.Vp9Descriptor;

/**
 * VP9 (RFC 9628) with spatial and temporal layers in one stream. What is above the wanted layers is
 * left out; the marker moves to the last packet that is left of a picture. Picture ids are shifted
 * when the source changes, but their holes stay: references are told as distances between them.
 *
 * <p>Down at the next picture. Up in time from a picture on after which higher layers need nothing
 * older (U); up in space, one layer at a time, at a frame that depends on no earlier picture (P).
 *
 * <p>Lower layers that no higher one depends on (Z, as in L3T3_KEY behind its key pictures) are
 * left out too. From then on the spatial layer changes at a key picture only, downwards as well.
 */
final class Vp9Continuity implements Continuity {
  private static final int REMEMBERED = 128;
  private static final int NOTHING = -1;

  private final Vp9Descriptor descriptor = new Vp9Descriptor();
  private final PictureIds ids = new PictureIds();

  /** The layers that passed of each of the newest pictures, spatial and temporal in one number. */
  private final int[] passed = new int[REMEMBERED];

  private boolean starting;
  private boolean plain;
  private int targetSpatial = Integer.MAX_VALUE;
  private int targetTemporal = Integer.MAX_VALUE;
  private int spatial;
  private int temporal;
  private boolean raise;

  /** The highest spatial layer that came since the newest key picture. */
  private int sentSpatial;

  /** Lower layers were left out since the newest key picture: there is no way back to them. */
  private boolean alone;

  /** The layer that went out alone is not sent any more. */
  private boolean stranded;

  private long highest;
  private long given;
  private boolean last;

  @Override
  public void start() {
    starting = true;
  }

  @Override
  public void target(int spatial, int temporal) {
    targetSpatial = spatial;
    targetTemporal = temporal;
  }

  @Override
  public boolean needsKeyFrame() {
    int shown = Math.min(spatial, sentSpatial);
    return !starting
        && (spatial < Math.min(targetSpatial, sentSpatial)
            || stranded
            || (alone && targetSpatial < shown));
  }

  @Override
  public boolean take(RtpPacket packet) {
    plain =
        !descriptor.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength())
            || descriptor.size() > PictureIds.MAX_DESCRIPTOR
            || descriptor.pictureIdBits() == 0;
    last = packet.marker();
    if (plain) {
      return true;
    }
    if (starting) {
      begin();
    }
    long in = PictureIds.unwrap(descriptor.pictureId(), descriptor.pictureIdBits(), highest);
    if (in > highest) {
      advance(in);
    }
    int place = (int) in & (REMEMBERED - 1);
    if (highest - in >= REMEMBERED || passed[place] == NOTHING) {
      return false;
    }
    if (in == highest) {
      raiseSpatial(place);
      findTop(packet.marker());
    }
    int top = passed[place] >> 4;
    if (descriptor.spatial() > top || descriptor.temporal() > (passed[place] & 0xF)) {
      return false;
    }
    if (descriptor.unusedAbove()
        && descriptor.interPicture()
        && descriptor.spatial() < Math.min(top, sentSpatial)) {
      alone = true;
      return false;
    }
    last |= descriptor.endsFrame() && descriptor.spatial() == top;
    given = ids.give(in, descriptor);
    return true;
  }

  private void begin() {
    starting = false;
    spatial = Math.min(targetSpatial, Vp9Descriptor.MAX_SPATIAL);
    temporal = Math.min(targetTemporal, 0xF);
    raise = false;
    alone = false;
    stranded = false;
    sentSpatial = 0;
    highest = descriptor.pictureId() - 1L;
    java.util.Arrays.fill(passed, NOTHING);
    ids.start(descriptor.pictureId(), descriptor.tl0());
  }

  /** A new picture: settles what passes of it, and of those that are missing before it. */
  private void advance(long in) {
    int before = spatial << 4 | temporal;
    for (long n = Math.max(highest + 1, in - REMEMBERED + 1); n < in; n++) {
      passed[(int) n & (REMEMBERED - 1)] = before;
    }
    highest = in;
    boolean keyPicture = !descriptor.interPicture() && descriptor.spatial() == 0;
    sentSpatial = keyPicture ? 0 : sentSpatial;
    alone &= !keyPicture;
    stranded &= !keyPicture;
    spatial = alone ? spatial : Math.min(spatial, targetSpatial);
    temporal = Math.min(temporal, targetTemporal);
    if (keyPicture || raise) {
      temporal = Math.min(targetTemporal, 0xF);
    }
    raise = false;
    passed[(int) in & (REMEMBERED - 1)] = spatial << 4 | temporal;
  }

  /** Within the newest picture: whether its next layer can be added, or later pictures' layers. */
  private void raiseSpatial(int place) {
    sentSpatial = Math.max(sentSpatial, descriptor.spatial());
    boolean next = descriptor.spatial() == spatial + 1 && descriptor.spatial() <= targetSpatial;
    if (next && !descriptor.interPicture() && descriptor.startsFrame()) {
      spatial = descriptor.spatial();
      passed[place] = spatial << 4 | (passed[place] & 0xF);
    }
    raise |= descriptor.switchUp() && descriptor.temporal() <= temporal;
  }

  /** A picture that ends below the highest layer shows that this one is not sent any more. */
  private void findTop(boolean marker) {
    if (marker && descriptor.spatial() < sentSpatial) {
      stranded |= alone && descriptor.spatial() < spatial;
      sentSpatial = descriptor.spatial();
    }
  }

  @Override
  public boolean marker(RtpPacket packet) {
    return last;
  }

  @Override
  public long given() {
    return plain ? PictureIds.PLAIN : given;
  }

  @Override
  public boolean append(RtpPacket out, RtpPacket packet, long given) {
    return PictureIds.append(out, packet, descriptor, given);
  }
}
