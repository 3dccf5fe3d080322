package dev.amphi.composer.api;

import dev.amphi.composer.api.CompositionSpec.VideoRendition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The sizes in which a program's picture is coded, beside its sound. The first is the canvas.
 *
 * @param renditions one to four of {@link #STEPS}, the largest first
 */
public record Ladder(List<VideoRendition> renditions) {
  /** All that there are, the largest first; what each takes of a viewer's line beside the sound. */
  public static final List<VideoRendition> STEPS =
      List.of(
          new VideoRendition("1080p", 1920, 1080, 4_500_000),
          new VideoRendition("720p", 1280, 720, 2_500_000),
          new VideoRendition("480p", 854, 480, 1_200_000),
          new VideoRendition("360p", 640, 360, 700_000));

  /** What is coded when nobody chooses. */
  public static final Ladder STANDARD = of("720p", "360p");

  /** Puts the largest first. */
  public Ladder {
    if (renditions.isEmpty() || renditions.stream().distinct().count() < renditions.size()) {
      throw new IllegalArgumentException("A ladder has each of its sizes once, not " + renditions);
    }
    renditions =
        renditions.stream().sorted(Comparator.comparing(VideoRendition::width).reversed()).toList();
  }

  /** The ladder with these sizes, as {@code 720p, 360p}. */
  public static Ladder of(String... ids) {
    return new Ladder(List.of(ids).stream().map(id -> step(id).orElseThrow()).toList());
  }

  /** The size of that name, as {@code 720p}. */
  public static Optional<VideoRendition> step(String id) {
    return STEPS.stream().filter(step -> step.id().equals(id)).findFirst();
  }

  /** The names of the sizes, the largest first. */
  public List<String> ids() {
    return renditions.stream().map(VideoRendition::id).toList();
  }

  /** As an operator writes it. */
  @Override
  public String toString() {
    return String.join(",", ids());
  }
}
