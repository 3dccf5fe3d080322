package dev.amphi.packager.origin;

import dev.amphi.packager.playlist.AudioMedia;
import dev.amphi.packager.playlist.DateRange;
import dev.amphi.packager.playlist.IFrameStreamInf;
import dev.amphi.packager.playlist.InitMap;
import dev.amphi.packager.playlist.MediaPart;
import dev.amphi.packager.playlist.MediaPlaylist;
import dev.amphi.packager.playlist.MediaSegment;
import dev.amphi.packager.playlist.MultivariantPlaylist;
import dev.amphi.packager.playlist.OpenTail;
import dev.amphi.packager.playlist.PartInf;
import dev.amphi.packager.playlist.PreloadHint;
import dev.amphi.packager.playlist.RenditionReport;
import dev.amphi.packager.playlist.ServerControl;
import dev.amphi.packager.playlist.StreamInf;
import dev.amphi.packager.playlist.SubtitleMedia;
import dev.amphi.packager.segment.OpenSegment;
import dev.amphi.packager.segment.Part;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentPlan;
import dev.amphi.packager.segment.SegmentWindow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes playlists of what is listed; pure. */
public final class PlaylistComposer {
  /** The file name of every media playlist. */
  public static final String MEDIA_PLAYLIST = "index.m3u8";

  /** The file name of the list of each segment's first picture. */
  public static final String PICTURE_PLAYLIST = "iframes.m3u8";

  /** Stands where a rendition's name does. */
  public static final String CAPTIONS = "captions";

  private static final String SOUND_GROUP = "sound";
  private static final String CAPTION_GROUP = "captions";

  private PlaylistComposer() {}

  /** The playlist of one rendition, whose URIs are relative to its own folder. */
  public static MediaPlaylist media(ProgramWindow program, SegmentWindow window) {
    SegmentPlan plan = window.plan();
    List<MediaSegment> segments = new ArrayList<>(window.segments().size());
    int header = -1;
    int partsFrom = window.segments().size() - plan.listedPartSegments();
    for (Segment segment : window.segments()) {
      boolean listParts = segments.size() >= partsFrom && !window.ended();
      segments.add(segment(segment, segment.initIndex() != header, listParts));
      header = segment.initIndex();
    }
    return new MediaPlaylist(
        plan.targetDurationS(),
        control(plan),
        new PartInf(plan.partTarget().seconds()),
        window.firstMsn(),
        window.discontinuitySequence(),
        false,
        0,
        segments,
        window.ended() ? OpenTail.NONE : tail(window, header),
        dateRanges(program),
        window.ended() ? List.of() : reports(program, window.renditionId()),
        window.ended());
  }

  /** The renditions to choose from; the media playlists are below {@code run/}. */
  public static MultivariantPlaylist multivariant(ProgramWindow program) {
    Rendition sound = sound(program);
    List<StreamInf> variants = new ArrayList<>();
    for (Rendition rendition : program.renditions()) {
      if (rendition.format().video()) {
        variants.add(variant(program, rendition, sound));
      }
    }
    if (sound != null) {
      variants.add(variant(program, sound, sound));
    }
    return new MultivariantPlaylist(
        sounds(program, sound),
        List.of(new SubtitleMedia(captions(program), CAPTION_GROUP, "Captions")),
        variants,
        program.renditions().stream()
            .filter(rendition -> rendition.format().video())
            .map(rendition -> pictures(program, rendition))
            .toList());
  }

  /** The sound alone, for who wants no picture. */
  public static MultivariantPlaylist soundOnly(ProgramWindow program) {
    Rendition sound = sound(program);
    return sound == null
        ? multivariant(program)
        : new MultivariantPlaylist(
            List.of(),
            List.of(new SubtitleMedia(captions(program), CAPTION_GROUP, "Captions")),
            List.of(variant(program, sound, null)),
            List.of());
  }

  private static List<AudioMedia> sounds(ProgramWindow program, @Nullable Rendition sound) {
    return sound == null
        ? List.of()
        : List.of(
            new AudioMedia(uri(program, sound), SOUND_GROUP, "Program", sound.format().channels()));
  }

  private static StreamInf variant(
      ProgramWindow program, Rendition rendition, @Nullable Rendition sound) {
    boolean video = rendition.format().video();
    List<String> codecs = new ArrayList<>(List.of(rendition.format().codecName()));
    int declared = rendition.format().bitrateBps();
    int peak = Math.max(rendition.peakBps(), declared + declared / 10);
    if (video && sound != null) {
      codecs.add(sound.format().codecName());
      declared += sound.format().bitrateBps();
      peak +=
          Math.max(sound.peakBps(), sound.format().bitrateBps() + sound.format().bitrateBps() / 10);
    }
    return new StreamInf(
        uri(program, rendition),
        peak,
        declared,
        codecs,
        rendition.format().width(),
        rendition.format().height(),
        video ? rendition.frameRate() : 0,
        sound == null ? "" : SOUND_GROUP,
        CAPTION_GROUP);
  }

  private static @Nullable Rendition sound(ProgramWindow program) {
    return program.renditions().stream().filter(r -> !r.format().video()).findFirst().orElse(null);
  }

  private static IFrameStreamInf pictures(ProgramWindow program, Rendition rendition) {
    return new IFrameStreamInf(
        program.run() + "/" + rendition.id() + "/" + PICTURE_PLAYLIST,
        SegmentLists.pictureBps(rendition.window()),
        rendition.format().codecName(),
        rendition.format().width(),
        rendition.format().height());
  }

  private static String captions(ProgramWindow program) {
    return program.run() + "/" + CAPTIONS + "/" + MEDIA_PLAYLIST;
  }

  private static String uri(ProgramWindow program, Rendition rendition) {
    return program.run() + "/" + rendition.id() + "/" + MEDIA_PLAYLIST;
  }

  private static List<DateRange> dateRanges(ProgramWindow program) {
    return program.happenings().stream()
        .map(one -> new DateRange("h" + one.id(), one.type(), one.at(), one.title()))
        .toList();
  }

  /** One of the lists of a rendition. */
  public static MediaPlaylist list(ListKind kind, ProgramWindow program, SegmentWindow window) {
    return switch (kind) {
      case MEDIA -> media(program, window);
      case I_FRAMES -> SegmentLists.pictures(window);
      case CAPTIONS -> SegmentLists.captions(window);
    };
  }

  static ServerControl control(SegmentPlan plan) {
    return new ServerControl(true, plan.canSkipUntilS(), plan.holdBackS(), plan.partHoldBackS());
  }

  private static MediaSegment segment(Segment segment, boolean newHeader, boolean listParts) {
    return new MediaSegment(
        new MediaName.WholeSegment(segment.msn()).fileName(),
        0,
        segment.duration().seconds(),
        segment.startsAt(),
        segment.discontinuity(),
        segment.gap(),
        newHeader ? map(segment.initIndex()) : null,
        listParts ? parts(segment.msn(), segment.parts(), segment.gap()) : List.of());
  }

  private static OpenTail tail(SegmentWindow window, int header) {
    OpenSegment open = window.open();
    Position next = Position.nextOf(window);
    PreloadHint hint =
        new PreloadHint(new MediaName.SegmentPart(next.msn(), next.part()).fileName());
    if (open == null || window.openParts().isEmpty()) {
      return new OpenTail(null, false, null, List.of(), hint);
    }
    return new OpenTail(
        open.startsAt(),
        open.discontinuity(),
        open.initIndex() != header ? map(open.initIndex()) : null,
        parts(open.msn(), window.openParts(), false),
        hint);
  }

  private static List<MediaPart> parts(long msn, List<Part.Listing> listings, boolean gap) {
    List<MediaPart> parts = new ArrayList<>(listings.size());
    for (Part.Listing listing : listings) {
      parts.add(
          new MediaPart(
              new MediaName.SegmentPart(msn, parts.size()).fileName(),
              listing.duration().seconds(),
              listing.independent(),
              gap));
    }
    return parts;
  }

  static InitMap map(int index) {
    return new InitMap(new MediaName.Init(index).fileName());
  }

  private static List<RenditionReport> reports(ProgramWindow program, String but) {
    List<RenditionReport> reports = new ArrayList<>();
    for (Rendition rendition : program.renditions()) {
      Position last = Position.lastOf(rendition.window());
      if (!rendition.id().equals(but) && last.msn() >= 0) {
        reports.add(report(rendition, last));
      }
    }
    return reports;
  }

  private static RenditionReport report(Rendition rendition, Position last) {
    int part =
        last.part() == Position.WHOLE
            ? rendition.window().segments().getLast().parts().size() - 1
            : last.part();
    return new RenditionReport("../" + rendition.id() + "/" + MEDIA_PLAYLIST, last.msn(), part);
  }
}
