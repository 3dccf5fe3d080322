package dev.amphi.interactive.room;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.RtpPacket;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One published source: takes its packets to the slots that show it and its frames to the program,
 * as long as its owner may publish and it is not muted.
 */
final class MediaTrack implements ReceiverOutput {
  /** Where complete frames go. */
  interface FrameSink {
    void frame(TrackView track, EncodedFrame frame);
  }

  private static final Slot[] NOBODY = {};

  private final BooleanSupplier mayPublish;
  private final FrameSink sink;
  private final SpeakerDetector.@Nullable Voice voice;
  private TrackView view;
  private @Nullable RtpReceiver receiver;
  private int levelId;
  private boolean keyFrameNeeded = true;
  private Slot[] slots = NOBODY;
  private long refusedPackets;

  MediaTrack(
      TrackView view,
      BooleanSupplier mayPublish,
      FrameSink sink,
      SpeakerDetector.@Nullable Voice voice) {
    this.view = view;
    this.mayPublish = mayPublish;
    this.sink = sink;
    this.voice = voice;
  }

  TrackView view() {
    return view;
  }

  String id() {
    return view.id();
  }

  SpeakerDetector.@Nullable Voice voice() {
    return voice;
  }

  @Nullable RtpReceiver receiver() {
    return receiver;
  }

  /** Packets that came while the owner was not allowed to publish. */
  long refusedPackets() {
    return refusedPackets;
  }

  /** Takes its media from another receiver, as after an ICE restart. */
  void receiveFrom(RtpReceiver replacement, long nowNanos) {
    receiver = replacement;
    levelId = replacement.extensions().id(HeaderExtension.AUDIO_LEVEL);
    keyFrameNeeded = true;
    resync(nowNanos);
  }

  /** Silences or opens the track; the slots see no hole but a new beginning. */
  void mute(boolean muted, long nowNanos) {
    if (view.muted() == muted) {
      return;
    }
    view =
        new TrackView(
            view.id(), view.participantId(), view.kind(), view.source(), view.codec(), muted);
    keyFrameNeeded = true;
    resync(nowNanos);
  }

  private void resync(long nowNanos) {
    for (Slot slot : slots) {
      slot.resync(view.muted() ? null : receiver, nowNanos);
    }
    if (!view.muted()) {
      requestKeyFrame(nowNanos);
    }
  }

  void requestKeyFrame(long nowNanos) {
    if (receiver != null && view.kind() == TrackView.Kind.VIDEO) {
      receiver.requestKeyFrame(nowNanos);
    }
  }

  /** Shows the track in one more slot; false when the slot cannot carry its coding. */
  boolean addSlot(Slot slot, long nowNanos) {
    if (!slot.carries(view.codec())) {
      return false;
    }
    Slot[] more = Arrays.copyOf(slots, slots.length + 1);
    more[slots.length] = slot;
    slots = more;
    slot.resync(view.muted() ? null : receiver, nowNanos);
    return true;
  }

  void removeSlot(Slot slot) {
    slots = Arrays.stream(slots).filter(other -> other != slot).toArray(Slot[]::new);
  }

  /** The slots that show it, for the end of the track. */
  Slot[] slots() {
    return slots;
  }

  @Override
  public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
    if (view.muted() || !mayPublish.getAsBoolean()) {
      refusedPackets++;
      return;
    }
    if (voice != null && levelId > 0) {
      int level = packet.extensionUnsigned8(levelId);
      if (level >= 0) {
        voice.onLevel(level & 0x7F, nowNanos);
      }
    }
    for (Slot slot : slots) {
      slot.forward(packet, startsKeyFrame, nowNanos);
    }
  }

  @Override
  public void frame(EncodedFrame frame) {
    if (view.muted() || !mayPublish.getAsBoolean() || (keyFrameNeeded && !frame.keyFrame())) {
      return;
    }
    keyFrameNeeded = false;
    sink.frame(view, frame);
  }
}
