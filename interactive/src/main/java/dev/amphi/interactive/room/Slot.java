package dev.amphi.interactive.room;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.bandwidth.LayerRate;
import dev.amphi.interactive.rtp.MediaSource;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.RtpSender;
import dev.amphi.interactive.signal.Outgoing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a participant's peer connection that shows one track at a time, or none, in the layers
 * that suit the size at which it is shown, as far as the bandwidth allows.
 */
final class Slot {
  private static final int UNKNOWN = -1;

  private final String mid;
  private final Kind kind;
  private RtpSender sender;
  private Outgoing outgoing;
  private @Nullable MediaTrack track;
  private boolean detached;
  private int maxSpatial = Encodings.ALL;
  private int temporal = Encodings.ALL;
  private int width = UNKNOWN;
  private int height = UNKNOWN;

  Slot(String mid, Kind kind, Outgoing outgoing, RtpSender sender) {
    this.mid = mid;
    this.kind = kind;
    this.outgoing = outgoing;
    this.sender = sender;
  }

  String mid() {
    return mid;
  }

  Kind kind() {
    return kind;
  }

  RtpSender sender() {
    return sender;
  }

  Outgoing outgoing() {
    return outgoing;
  }

  @Nullable MediaTrack track() {
    return track;
  }

  boolean carries(Codec codec) {
    return outgoing.format(codec).isPresent();
  }

  /** Shows a track, or none; false, with nothing shown, when it cannot carry the coding. */
  boolean show(@Nullable MediaTrack shown, long nowNanos) {
    if (shown == track) {
      return true;
    }
    if (track != null) {
      track.removeSlot(this);
      sender.switchTo(null, nowNanos);
    }
    track = shown != null && shown.addSlot(this) ? shown : null;
    resync(nowNanos);
    return track == shown;
  }

  /** Goes on with another sender, after a new negotiation. */
  void sendBy(RtpSender replacement, Outgoing negotiated, long nowNanos) {
    MediaTrack shown = track;
    show(null, nowNanos);
    sender = replacement;
    outgoing = negotiated;
    detached = false;
    show(shown, nowNanos);
  }

  /** Its path is gone; nothing is sent until {@link #sendBy}. */
  void detach(long nowNanos) {
    detached = true;
    sender.switchTo(null, nowNanos);
  }

  boolean detached() {
    return detached;
  }

  /** Starts afresh, without a hole in the numbers that the subscriber sees. */
  void resync(long nowNanos) {
    sender.switchTo(null, nowNanos);
    chooseLayer(nowNanos);
  }

  /** What it shows has new numbers and times. */
  void restarted(Encoding encoding, long nowNanos) {
    if (sender.source() == encoding.receiver()) {
      resync(nowNanos);
    }
  }

  /** Asks for a key frame of the layer that is shown here, whichever the program shows. */
  void requestKeyFrame(long nowNanos) {
    MediaSource shown = sender.source();
    if (shown != null) {
      shown.requestKeyFrame(nowNanos);
    }
  }

  /** Whether something is to be shown and its first key frame has not come yet. */
  boolean waits() {
    return sender.source() != null && !sender.started();
  }

  /** Goes over to the layers that suit, at a key frame of them; until then the old ones go on. */
  void chooseLayer(long nowNanos) {
    Encoding wanted = wanted(nowNanos);
    if (wanted == null) {
      if (sender.source() != null) {
        sender.switchTo(null, nowNanos);
      }
      return;
    }
    sender.layers(spatial(), temporal, nowNanos);
    if (sender.source() == null) {
      sender.switchTo(wanted.receiver(), nowNanos);
    } else {
      sender.turnTo(wanted.receiver(), nowNanos);
    }
  }

  private @Nullable Encoding wanted(long nowNanos) {
    MediaTrack shown = track;
    if (shown == null || detached || shown.view().muted()) {
      return null;
    }
    Encodings encodings = shown.encodings();
    int spatial = spatial();
    if (encodings == null || spatial < 0) {
      return null;
    }
    return sender.started() ? encodings.next(spatial, nowNanos) : encodings.live(spatial);
  }

  /** The spatial layer that may be sent, whether it is live or not; -1 for none. */
  private int spatial() {
    return paused() ? -1 : Math.min(maxSpatial, suiting());
  }

  /** The spatial layer that suits the size at which it is shown; -1 for none. */
  int suiting() {
    Encodings encodings = track == null ? null : track.encodings();
    return encodings == null || hidden()
        ? -1
        : Math.min(encodings.suiting(width, height), followed(encodings));
  }

  /** The highest spatial layer that the subscriber can follow. */
  private int followed(Encodings encodings) {
    Encoding[] all = encodings.all();
    boolean each = all.length > 1 || outgoing.followsSpatialLayers(all[0].receiver().codec());
    return each ? Encodings.ALL : 0;
  }

  /** Whether the allocator has no bandwidth for it. */
  boolean paused() {
    return maxSpatial < 0;
  }

  /** The layer up to which it may go, or {@link Encodings#ALL}; below 0 while it rests. */
  int limit() {
    return maxSpatial;
  }

  /**
   * Limits it to layers up to these, or pauses it with {@link
   * dev.amphi.interactive.bandwidth.Allotment#PAUSED}; {@link Encodings#ALL} lifts the limit.
   */
  void target(int spatial, int temporal, long nowNanos) {
    maxSpatial = spatial;
    this.temporal = temporal;
    chooseLayer(nowNanos);
  }

  /** The subscriber shows it at this size, in pixels; 0 when it is out of sight. */
  void view(int width, int height, long nowNanos) {
    this.width = Math.min(width, height) == 0 ? 0 : width;
    this.height = height;
    chooseLayer(nowNanos);
  }

  /** The height in pixels at which the subscriber shows it; 0 while unknown or out of sight. */
  int viewHeight() {
    return width <= 0 ? 0 : height;
  }

  /** Whether the subscriber shows it nowhere: then nothing is sent. */
  boolean hidden() {
    return width == 0;
  }

  /** Whether it shows pictures of which none has come yet. */
  boolean silent() {
    Encodings encodings = track == null ? null : track.encodings();
    return kind == Kind.VIDEO && encodings != null && encodings.silent();
  }

  /** The layers that it may show, and what they cost; empty while it shows nothing. */
  List<LayerRate> layers(long nowNanos) {
    Encodings encodings = track == null ? null : track.encodings();
    if (encodings == null) {
      return List.of();
    }
    int followed = followed(encodings);
    return encodings.rates(nowNanos).stream().filter(rate -> rate.spatial() <= followed).toList();
  }

  /**
   * Whether its packets may come here: as long as nothing is shown any layer's key frame will do,
   * but not one that is larger than what the way carries.
   */
  private boolean mayBegin(Encoding from) {
    if (maxSpatial == Encodings.ALL || sender.started() || from.receiver() == sender.source()) {
      return true;
    }
    Encodings encodings = track == null ? null : track.encodings();
    return encodings == null || encodings.place(from) <= maxSpatial;
  }

  void forward(Encoding from, RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
    if (!detached && mayBegin(from)) {
      sender.forward(from.receiver(), packet, startsKeyFrame, nowNanos);
    }
  }
}
