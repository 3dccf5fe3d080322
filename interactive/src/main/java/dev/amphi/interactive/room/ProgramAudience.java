package dev.amphi.interactive.room;

import dev.amphi.interactive.api.ProgramFrame;
import dev.amphi.interactive.api.ProgramRendition;
import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.rtp.NtpAlignment;
import dev.amphi.interactive.send.RtpSender;
import dev.amphi.interactive.signal.AvcLevel;
import dev.amphi.interactive.signal.SessionDescription;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Those who watch the program over WebRTC: which streams are shown to whom, and so which have to be
 * brought here. Whoever is on stage hears the program without its own voice, as long as not too
 * many such mixes are asked for.
 */
final class ProgramAudience {
  /** The media stream that a viewer sees. */
  static final String STREAM_ID = "program";

  private static final long DECIDE_NANOS = 200_000_000;
  private static final long UNMEASURED_SOUND_BPS = 40_000;

  /** Sounds without one participant that are mixed at a time. */
  static final int MOST_WITHOUT = 4;

  private final String roomId;
  private final RoomContext context;
  private final Predicate<String> inProgram;
  private final NtpAlignment alignment;
  private final Map<ProgramStream, ProgramSource> sources = new LinkedHashMap<>();
  private final Map<MediaSession, ProgramViewer> viewers = new LinkedHashMap<>();
  private final Map<ProgramStream, RenditionRate> rates = new HashMap<>();
  private List<ProgramRendition> renditions = List.of();
  private Set<ProgramStream> told = Set.of();
  private long decidedNanos;

  /**
   * @param inProgram whether a participant's voice is in the program
   */
  ProgramAudience(String roomId, RoomContext context, Predicate<String> inProgram) {
    this.roomId = roomId;
    this.context = context;
    this.inProgram = inProgram;
    this.alignment = new NtpAlignment(context.ntp());
  }

  /**
   * @param offered the best first; empty for newcomers to be refused
   */
  void onAir(List<ProgramRendition> offered) {
    renditions = List.copyOf(offered);
    for (ProgramRendition rendition : offered) {
      rate(ProgramStream.picture(rendition.name())).declare(rendition.bitrateBps());
    }
  }

  /**
   * What a viewer may be shown: the rendition that it names, else all, or the smallest for who
   * saves data. Refuses with 409 {@code not_live} when there is no program, 404 for an unknown
   * name.
   */
  ProgramViewer.Choice choose(String wanted, boolean saveData, String state) throws Refusal {
    if (renditions.isEmpty()) {
      throw new Refusal(
          409,
          "not_live",
          "The class '"
              + roomId
              + "' is not on air yet, it is '"
              + state
              + "': ask again in a few seconds, or wait for 'live' on the signalling socket.");
    }
    List<String> names = renditions.stream().map(ProgramRendition::name).toList();
    if (wanted.isEmpty()) {
      return new ProgramViewer.Choice(saveData ? List.of(names.getLast()) : names, false);
    }
    if (!names.contains(wanted)) {
      throw new Refusal(
          404,
          "unknown_rendition",
          "The program has no rendition of this name: choose " + String.join(" or ", names) + ".");
    }
    return new ProgramViewer.Choice(List.of(wanted), true);
  }

  /** Shows the program in a peer connection; says in words what is shown at first. */
  String watch(
      MediaSession session, String participantId, ProgramViewer.Choice choice, long nowNanos)
      throws Refusal {
    Slot shown = slot(session, Kind.VIDEO, Codec.H264);
    Slot heard = slot(session, Kind.AUDIO, Codec.OPUS);
    RtpSender picture = shown == null ? null : shown.sender();
    RtpSender sound = heard == null ? null : heard.sender();
    if (picture == null && sound == null) {
      throw new Refusal(
          422,
          "bad_sdp",
          "The program is H.264 (constrained baseline, packetization-mode=1) and Opus, and your"
              + " offer takes neither.");
    }
    ProgramViewer.Choice taken =
        shown == null ? choice : choice.within(AvcLevel.of(shown.outgoing()), this::level);
    ProgramViewer viewer = new ProgramViewer(participantId, picture, sound, taken);
    viewers.put(session, viewer);
    show(viewer, nowNanos);
    hear(viewer, nowNanos);
    tell();
    return "rendition="
        + (picture == null ? "none" : taken.renditions().getFirst())
        + "; sound="
        + (viewer.heard == null ? "none" : words(participantId, viewer.heard));
  }

  private String words(String participantId, ProgramStream stream) {
    if (!stream.name().isEmpty()) {
      return "without-you";
    }
    return inProgram.test(participantId) ? "everybody; reason=too-many-mixes" : "everybody";
  }

  private static @Nullable Slot slot(MediaSession session, Kind kind, Codec codec) {
    return session.slots().all().stream()
        .filter(slot -> slot.kind() == kind && slot.carries(codec))
        .findFirst()
        .orElse(null);
  }

  /** The H.264 level that a rendition needs. */
  private int level(String rendition) {
    return renditions.stream()
        .filter(each -> each.name().equals(rendition))
        .mapToInt(each -> AvcLevel.needed(each.width(), each.height(), each.framesPerSecond()))
        .findFirst()
        .orElse(0);
  }

  /** What a viewer offers, and with the picture that it names what that needs. */
  SessionDescription offered(SessionDescription offer, ProgramViewer.Choice choice) {
    return choice.pinned() ? AvcLevel.raised(offer, level(choice.renditions().getFirst())) : offer;
  }

  /** What a viewer should hear. */
  private ProgramStream soundFor(String participantId, @Nullable ProgramStream now) {
    if (!inProgram.test(participantId)) {
      return ProgramStream.SOUND;
    }
    ProgramStream without = ProgramStream.soundWithout(participantId);
    long mixes =
        sources.keySet().stream()
            .filter(stream -> stream.kind() == Kind.AUDIO && !stream.name().isEmpty())
            .count();
    boolean there = without.equals(now) || sources.containsKey(without);
    return there || mixes < MOST_WITHOUT ? without : ProgramStream.SOUND;
  }

  private ProgramSource source(ProgramStream stream) {
    return sources.computeIfAbsent(
        stream,
        key ->
            new ProgramSource(
                key.kind() == Kind.AUDIO ? Codec.OPUS : Codec.H264, alignment, rate(key)));
  }

  private RenditionRate rate(ProgramStream stream) {
    return rates.computeIfAbsent(
        stream, key -> new RenditionRate(key.kind() == Kind.AUDIO ? UNMEASURED_SOUND_BPS : 0));
  }

  /** Brings a viewer's picture to what was decided, and keeps it there. */
  private void show(ProgramViewer viewer, long nowNanos) {
    RtpSender slot = viewer.picture();
    ProgramStream stream = viewer.rendition();
    if (slot != null && stream != null) {
      source(stream).showIn(slot, nowNanos);
    }
  }

  private void hear(ProgramViewer viewer, long nowNanos) {
    RtpSender slot = viewer.sound();
    if (slot == null) {
      return;
    }
    ProgramStream stream = soundFor(viewer.participantId(), viewer.heard);
    if (!stream.equals(viewer.heard)) {
      viewer.heard = stream;
      slot.switchTo(null, nowNanos);
      source(stream).showIn(slot, nowNanos);
      settle();
    }
  }

  /** What nobody is shown any more is not wanted. */
  private void settle() {
    if (sources.values().removeIf(ProgramSource::settle)) {
      rates.keySet().removeIf(key -> key.kind() == Kind.AUDIO && !sources.containsKey(key));
    }
  }

  /** Lets time pass: a few times a second each viewer is given what its path carries. */
  void poll(long nowNanos) {
    if (viewers.isEmpty() || nowNanos - decidedNanos < DECIDE_NANOS) {
      return;
    }
    decidedNanos = nowNanos;
    viewers.forEach(
        (session, viewer) -> {
          MediaPath path = session.path();
          if (path != null && session.connected()) {
            viewer.decide(path.endpoint(), stream -> rate(stream).bitrateBps(nowNanos), nowNanos);
          }
          show(viewer, nowNanos);
        });
    settle();
    tell();
  }

  /** Somebody came on stage or left it: its own voice goes out of what it hears, or comes back. */
  void refresh(long nowNanos) {
    if (viewers.isEmpty()) {
      return;
    }
    for (ProgramViewer viewer : viewers.values()) {
      hear(viewer, nowNanos);
    }
    tell();
  }

  /** The peer connections in which somebody watches. */
  List<MediaSession> of(String participantId) {
    return viewers.entrySet().stream()
        .filter(entry -> entry.getValue().participantId().equals(participantId))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Somebody does not watch any more. */
  void remove(MediaSession session, long nowNanos) {
    ProgramViewer viewer = viewers.remove(session);
    if (viewer != null) {
      stop(viewer.picture(), nowNanos);
      stop(viewer.sound(), nowNanos);
      settle();
      tell();
    }
  }

  private static void stop(@Nullable RtpSender slot, long nowNanos) {
    if (slot != null) {
      slot.switchTo(null, nowNanos);
    }
  }

  /** Brings one frame to those who are shown its stream. */
  void frame(ProgramFrame frame, byte[] bytes, long nowNanos) {
    ProgramSource source = sources.get(frame.stream());
    if (source != null) {
      source.frame(frame, bytes, nowNanos);
    }
  }

  private void tell() {
    Set<ProgramStream> wanted = Set.copyOf(sources.keySet());
    if (!wanted.equals(told)) {
      told = wanted;
      context.listener().programWanted(roomId, wanted);
    }
  }
}
