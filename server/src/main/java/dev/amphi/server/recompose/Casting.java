package dev.amphi.server.recompose;

import dev.amphi.packager.api.TrackComposer.Show;
import dev.amphi.packager.api.TrackComposer.Track;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who of those that were recorded is seen and heard in a composition. Pure. */
final class Casting {
  private static final String INSTRUCTOR = "instructor";
  private static final int STANDARD_WIDTH = 1280;

  private final Show show;

  Casting(Show show) {
    this.show = show;
  }

  /** What is seen or heard of a recording's tracks; everybody is heard. */
  List<Track> cast(List<Track> all) {
    return all.stream().filter(track -> isSound(track) || isSeen(track)).toList();
  }

  /** Why there is nothing to be seen of these tracks; empty where there is. */
  Optional<String> refusal(List<Track> all) {
    return switch (show) {
      case SLIDES ->
          all.stream().anyMatch(this::isSeen)
              ? Optional.empty()
              : Optional.of(
                  "Nobody shared a screen in this recording: there are no slides to be shown. Pages"
                      + " of a PDF and the board are in no track.");
      case TEACHER ->
          all.stream().anyMatch(track -> track.role().equals(INSTRUCTOR) && isOfPerson(track))
              ? Optional.empty()
              : Optional.of(
                  "No track of this recording is known to be of who taught: recordings of earlier"
                      + " versions do not say so.");
    };
  }

  static boolean isSound(Track track) {
    return track.kind().equals("microphone") || track.kind().equals("screen_audio");
  }

  private static boolean isOfPerson(Track track) {
    return track.kind().equals("camera") || track.kind().equals("microphone");
  }

  /** Whether its pictures are shown. */
  boolean isSeen(Track track) {
    return switch (show) {
      case SLIDES -> track.kind().equals("screen");
      case TEACHER -> track.kind().equals("camera") && track.role().equals(INSTRUCTOR);
    };
  }

  /** Whether whose track it is has a place in the picture, also without a camera. */
  boolean hasPlace(Track track) {
    return show == Show.TEACHER && track.role().equals(INSTRUCTOR);
  }

  /** Who taught longest: her place is there all the time; a track of hers. */
  Optional<Track> lead(List<Track> all) {
    Map<String, Long> lengths = new HashMap<>();
    all.stream()
        .filter(this::hasPlace)
        .forEach(
            track ->
                lengths.merge(track.participantId(), track.endMs() - track.startMs(), Long::sum));
    return all.stream()
        .filter(this::hasPlace)
        .max(
            Comparator.comparing((Track track) -> lengths.getOrDefault(track.participantId(), 0L))
                .thenComparing(Track::number, Comparator.reverseOrder()));
  }

  /** The size that its picture is coded in: a name of the ladder's. */
  String rendition(List<Track> all) {
    return all.stream().anyMatch(track -> isSeen(track) && track.width() > STANDARD_WIDTH)
        ? "1080p"
        : "720p";
  }
}
