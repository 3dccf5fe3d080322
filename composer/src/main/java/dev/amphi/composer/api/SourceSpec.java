package dev.amphi.composer.api;

/**
 * One track that the program may show or let be heard.
 *
 * @param id unique in the composition: the track's id
 * @param participantId joins the camera, screen and sound of one person
 * @param name shown in the lower third; any text
 * @param role {@code instructor, student …}: the instructor leads in {@code speaker}
 */
public record SourceSpec(
    String id, String participantId, String name, String role, Kind kind, Codec codec) {
  /** What the source carries. */
  public enum Kind {
    MICROPHONE,
    CAMERA,
    SCREEN,
    SCREEN_AUDIO
  }

  /** How it is coded. */
  public enum Codec {
    OPUS,
    VP8,
    H264,
    VP9,
    AV1,
    /** Not coded: a picture that stands still until {@link Composition#still} brings another. */
    STILL
  }
}
