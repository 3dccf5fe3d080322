package dev.amphi.interactive.room;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.RtpSender;
import dev.amphi.interactive.signal.Outgoing;
import org.jspecify.annotations.Nullable;

/** A place in a participant's peer connection that shows one track at a time, or none. */
final class Slot {
  private final String mid;
  private final Kind kind;
  private RtpSender sender;
  private Outgoing outgoing;
  private @Nullable MediaTrack track;
  private boolean detached;

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
    Encoding wanted = wanted();
    if (wanted != null) {
      sender.switchTo(wanted.receiver(), nowNanos);
    }
  }

  /** Goes over to the encoding that suits, at a key frame of it; until then the old one goes on. */
  void chooseLayer(long nowNanos) {
    Encoding wanted = wanted();
    if (wanted != null && sender.source() != null) {
      sender.turnTo(wanted.receiver(), nowNanos);
    }
  }

  private @Nullable Encoding wanted() {
    return track == null || detached || track.view().muted() ? null : track.best();
  }

  void forward(Encoding from, RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
    if (!detached) {
      sender.forward(from.receiver(), packet, startsKeyFrame, nowNanos);
    }
  }
}
