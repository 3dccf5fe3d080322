package dev.amphi.interactive.room;

import dev.amphi.interactive.api.ProgramFrame;
import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.rtp.NtpAlignment;
import dev.amphi.interactive.send.RtpSender;
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

  /** Sounds without one participant that are mixed at a time. */
  static final int MOST_WITHOUT = 4;

  private final String roomId;
  private final RoomContext context;
  private final Predicate<String> onStage;
  private final NtpAlignment alignment;
  private final Map<ProgramStream, ProgramSource> sources = new LinkedHashMap<>();
  private final Map<MediaSession, Viewer> viewers = new LinkedHashMap<>();
  private final Map<RtpSender, ProgramStream> shown = new HashMap<>();
  private List<String> renditions = List.of();
  private Set<ProgramStream> told = Set.of();

  private record Viewer(
      String participantId, @Nullable RtpSender picture, @Nullable RtpSender sound) {}

  /**
   * @param onStage whether a participant's voice is in the program
   */
  ProgramAudience(String roomId, RoomContext context, Predicate<String> onStage) {
    this.roomId = roomId;
    this.context = context;
    this.onStage = onStage;
    this.alignment = new NtpAlignment(context.ntp());
  }

  void onAir(List<String> names) {
    renditions = List.copyOf(names);
  }

  /**
   * The rendition for a viewer: the one it names, else the best, or the smallest for who saves
   * data. Refuses with 409 {@code not_live} when there is no program, 404 for an unknown name.
   */
  String choose(String wanted, boolean saveData, String state) throws Refusal {
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
    if (wanted.isEmpty()) {
      return saveData ? renditions.getLast() : renditions.getFirst();
    }
    if (!renditions.contains(wanted)) {
      throw new Refusal(
          404,
          "unknown_rendition",
          "The program has no rendition of this name: choose "
              + String.join(" or ", renditions)
              + ".");
    }
    return wanted;
  }

  /** Shows the program in a peer connection; says in words what is shown. */
  String watch(MediaSession session, String participantId, String rendition, long nowNanos)
      throws Refusal {
    RtpSender picture = sender(session, Kind.VIDEO, Codec.H264);
    RtpSender sound = sender(session, Kind.AUDIO, Codec.OPUS);
    if (picture == null && sound == null) {
      throw new Refusal(
          422,
          "bad_sdp",
          "The program is H.264 (constrained baseline, packetization-mode=1) and Opus, and your"
              + " offer takes neither.");
    }
    viewers.put(session, new Viewer(participantId, picture, sound));
    if (picture != null) {
      show(picture, ProgramStream.picture(rendition), nowNanos);
    }
    String heard = "none";
    if (sound != null) {
      ProgramStream stream = soundFor(participantId, null);
      show(sound, stream, nowNanos);
      heard = words(participantId, stream);
    }
    tell();
    return "rendition=" + (picture == null ? "none" : rendition) + "; sound=" + heard;
  }

  private String words(String participantId, ProgramStream stream) {
    if (!stream.name().isEmpty()) {
      return "without-you";
    }
    return onStage.test(participantId) ? "everybody; reason=too-many-mixes" : "everybody";
  }

  private static @Nullable RtpSender sender(MediaSession session, Kind kind, Codec codec) {
    return session.slots().all().stream()
        .filter(slot -> slot.kind() == kind && slot.carries(codec))
        .findFirst()
        .map(Slot::sender)
        .orElse(null);
  }

  /** What a viewer should hear. */
  private ProgramStream soundFor(String participantId, @Nullable ProgramStream now) {
    if (!onStage.test(participantId)) {
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

  private void show(RtpSender sender, ProgramStream stream, long nowNanos) {
    if (stream.equals(shown.get(sender))) {
      return;
    }
    hide(sender, nowNanos);
    shown.put(sender, stream);
    sources
        .computeIfAbsent(
            stream,
            key -> new ProgramSource(key.kind() == Kind.AUDIO ? Codec.OPUS : Codec.H264, alignment))
        .add(sender, nowNanos);
  }

  private void hide(@Nullable RtpSender sender, long nowNanos) {
    ProgramStream stream = sender == null ? null : shown.remove(sender);
    ProgramSource source = stream == null ? null : sources.get(stream);
    if (sender != null && source != null) {
      source.remove(sender, nowNanos);
      if (source.idle()) {
        sources.remove(stream);
      }
    }
  }

  /** Somebody came on stage or left it: its own voice goes out of what it hears, or comes back. */
  void refresh(long nowNanos) {
    if (viewers.isEmpty()) {
      return;
    }
    for (Viewer viewer : viewers.values()) {
      if (viewer.sound != null) {
        ProgramStream now = shown.get(viewer.sound);
        show(viewer.sound, soundFor(viewer.participantId, now), nowNanos);
      }
    }
    tell();
  }

  /** The peer connections in which somebody watches. */
  List<MediaSession> of(String participantId) {
    return viewers.entrySet().stream()
        .filter(entry -> entry.getValue().participantId.equals(participantId))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Somebody does not watch any more. */
  void remove(MediaSession session, long nowNanos) {
    Viewer viewer = viewers.remove(session);
    if (viewer != null) {
      hide(viewer.picture, nowNanos);
      hide(viewer.sound, nowNanos);
      tell();
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
