package dev.amphi.interactive.room;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.PictureSize;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One published source: takes the packets of its encodings to the slots that show it and the frames
 * of one of them to the program, as long as its owner may publish and it is not muted.
 */
final class MediaTrack {
  /** Where complete frames go. */
  interface FrameSink {
    void frame(TrackView track, EncodedFrame frame);
  }

  private static final Slot[] NOBODY = {};
  private static final Encoding[] NOTHING = {};

  private final BooleanSupplier mayPublish;
  private final BooleanSupplier onAir;
  private final FrameSink sink;
  private final SpeakerDetector.@Nullable Voice voice;
  private final FrameTimeline line;
  private TrackView view;
  private @Nullable Encodings encodings;
  private final LayerNeeds needs = new LayerNeeds();
  private final ProgramLayer programs;
  private final KeptFrames kept;
  private @Nullable Encoding composed;
  private @Nullable Encoding askedForProgram;
  private int levelId;
  private boolean keyFrameNeeded = true;
  private Slot[] slots = NOBODY;
  private long refusedPackets;

  MediaTrack(
      TrackView view,
      BooleanSupplier mayPublish,
      BooleanSupplier onAir,
      FrameSink sink,
      FrameSink keeper,
      SpeakerDetector.@Nullable Voice voice) {
    this.view = view;
    this.mayPublish = mayPublish;
    this.onAir = onAir;
    this.sink = sink;
    this.voice = voice;
    this.line = new FrameTimeline(view.codec().clockRate());
    this.programs = new ProgramLayer(view.source());
    this.kept = new KeptFrames(view.codec().clockRate(), keeper);
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

  /** Its streams; null until its publisher has a path. */
  @Nullable Encodings encodings() {
    return encodings;
  }

  /** Every stream of it; none while its publisher has no path. */
  Encoding[] streams() {
    Encodings all = encodings;
    return all == null ? NOTHING : all.all();
  }

  /** Packets that came while the owner was not allowed to publish. */
  long refusedPackets() {
    return refusedPackets;
  }

  /** Takes its media from these encodings, as after an ICE restart. */
  void receiveFrom(List<Encoding> replacements, long nowNanos) {
    encodings = new Encodings(replacements);
    levelId = replacements.getFirst().receiver().extensions().id(HeaderExtension.AUDIO_LEVEL);
    needs.start(replacements.stream().map(Encoding::rid).toList(), nowNanos);
    keyFrameNeeded = true;
    composed = null;
    kept.cut();
    resync(nowNanos);
  }

  /** An encoding was heard for the first time, or has another size. */
  void sort(long nowNanos) {
    if (encodings != null) {
      encodings.sort();
      chooseLayers(nowNanos);
    }
  }

  /** Finds encodings that stopped or came back, and chooses anew for the program and the slots. */
  void poll(long nowNanos) {
    if (encodings != null && view.kind() == TrackView.Kind.VIDEO) {
      encodings.findStopped();
      chooseLayers(nowNanos);
    }
  }

  /** The program shows it at another size; 0 where it is out of sight. */
  void shownInProgram(int width, int height, long nowNanos) {
    programs.shown(width, height);
    chooseLayers(nowNanos);
  }

  private void chooseLayers(long nowNanos) {
    Encoding wanted = forProgram(nowNanos);
    if (encodings != null && encodings.all().length > 1) {
      for (Encoding encoding : encodings.all()) {
        boolean whole = encoding == wanted || encoding == composed;
        encoding.receiver().assemble(whole || kept.needs(encoding, encodings, nowNanos), nowNanos);
      }
    }
    if (kept.isOn() && view.kind() == TrackView.Kind.VIDEO) {
      askFor(kept.toAsk(encodings, nowNanos), nowNanos);
      boolean news = wanted != composed && wanted != askedForProgram;
      askedForProgram = wanted == composed ? null : wanted;
      askFor(news ? wanted : null, nowNanos);
    }
    for (Slot slot : slots) {
      slot.chooseLayer(nowNanos);
    }
  }

  private static void askFor(@Nullable Encoding encoding, long nowNanos) {
    if (encoding != null) {
      encoding.receiver().requestKeyFrame(nowNanos);
    }
  }

  /** Which encodings the publisher should send, when that is something else than it was told. */
  Optional<Map<String, Boolean>> encodingsToTell(long nowNanos) {
    Encodings from = encodings;
    if (from == null || from.all().length < 2) {
      return Optional.empty();
    }
    needs.need(from.all()[0].rid(), nowNanos);
    need(from, programLayer(from, nowNanos), nowNanos);
    if (kept.isOn()) {
      need(from, kept.layer(from), nowNanos);
    }
    for (Slot slot : slots) {
      need(from, slot.suiting(), nowNanos);
    }
    Optional<Map<String, Boolean>> told =
        needs.changes(nowNanos, rid -> from.expect(rid, nowNanos));
    if (told.isPresent()) {
      chooseLayers(nowNanos); // so that its first key frame is taken already
    }
    return told;
  }

  /**
   * A layer that is asked for need not come, for want of bandwidth or of a processor: then the next
   * best is needed too, and whatever below it has not told its size, which may suit. One that
   * rested is given time to come.
   */
  private void need(Encodings from, int spatial, long nowNanos) {
    Encoding[] all = from.all();
    boolean found = false;
    for (int i = Math.min(spatial, all.length - 1); i >= 0; i--) {
      boolean rests = needs.rests(all[i].rid());
      if (!found || all[i].size() == PictureSize.UNKNOWN) {
        needs.need(all[i].rid(), nowNanos);
      }
      found |= all[i].live() || rests || all[i].expected(nowNanos);
    }
  }

  /** What the program shows of those on stage; backstage nothing is shown. */
  private int programLayer(Encodings from, long nowNanos) {
    boolean shown = onAir.getAsBoolean() && !view.muted();
    int layer = shown ? programs.choose(from, nowNanos) : programs.none();
    return Math.min(layer, from.all().length - 1);
  }

  private @Nullable Encoding forProgram(long nowNanos) {
    if (encodings == null) {
      return null;
    }
    int layer = programLayer(encodings, nowNanos);
    return composed == null ? encodings.live(layer) : encodings.next(layer, nowNanos);
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
    kept.cut();
    resync(nowNanos);
  }

  private void resync(long nowNanos) {
    for (Slot slot : slots) {
      slot.resync(nowNanos);
    }
    chooseLayers(nowNanos);
    if (!view.muted()) {
      requestKeyFrame(nowNanos);
    }
  }

  /** Asks for a key frame of what the program shows, and of what is kept. */
  void requestKeyFrame(long nowNanos) {
    Encoding shown = composed == null ? forProgram(nowNanos) : composed;
    if (shown != null && view.kind() == TrackView.Kind.VIDEO) {
      shown.receiver().requestKeyFrame(nowNanos);
    }
    Encoding keeping = kept.shown(encodings, nowNanos);
    if (keeping != shown && view.kind() == TrackView.Kind.VIDEO) {
      askFor(keeping, nowNanos);
    }
  }

  /** Somebody keeps its frames as they come from now on, with a key frame, or no more. */
  void keep(boolean on, long nowNanos) {
    kept.keep(on);
    chooseLayers(nowNanos);
    if (on) {
      requestKeyFrame(nowNanos);
    }
  }

  /** Shows the track in one more slot; false when the slot cannot carry its coding. */
  boolean addSlot(Slot slot) {
    if (!slot.carries(view.codec())) {
      return false;
    }
    Slot[] more = Arrays.copyOf(slots, slots.length + 1);
    more[slots.length] = slot;
    slots = more;
    return true;
  }

  void removeSlot(Slot slot) {
    slots = Arrays.stream(slots).filter(other -> other != slot).toArray(Slot[]::new);
  }

  /** The slots that show it, for the end of the track. */
  Slot[] slots() {
    return slots;
  }

  /** Takes a packet of one of the encodings. */
  void forward(Encoding from, RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
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
      slot.forward(from, packet, startsKeyFrame, nowNanos);
    }
  }

  /** An encoding began anew: whoever shows it goes on where it was, with the next key frame. */
  void restarted(Encoding encoding, long nowNanos) {
    if (encoding == composed) {
      line.restart();
    }
    kept.restarted(encoding);
    for (Slot slot : slots) {
      slot.restarted(encoding, nowNanos);
    }
  }

  /** Takes a frame; the program goes over to another encoding at a key frame of it. */
  void frame(Encoding from, EncodedFrame frame) {
    if (view.muted() || !mayPublish.getAsBoolean()) {
      return;
    }
    kept.frame(view, from, encodings, frame);
    if (keyFrameNeeded && !frame.keyFrame()) {
      return;
    }
    if (from != composed) {
      if (!frame.keyFrame() || (composed != null && from != forProgram(frame.arrivalNanos()))) {
        return;
      }
      composed = from;
      chooseLayers(frame.arrivalNanos());
    }
    keyFrameNeeded = false;
    sink.frame(view, line.place(from, frame));
  }
}
