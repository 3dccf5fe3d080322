package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.TrackView.Kind;
import java.util.List;
import java.util.Optional;

/**
 * One {@code m=} section as it was written (RFC 8866 §5.14).
 *
 * @param media {@code audio}, {@code video}, {@code application} or what else was written
 * @param formats payload types, or {@code webrtc-datachannel}
 * @param mid the identification tag (RFC 5888); never empty
 */
record MediaDescription(
    String media,
    int port,
    String protocol,
    List<String> formats,
    String mid,
    SdpAttributes attributes) {
  MediaDescription {
    formats = List.copyOf(formats);
  }

  /** RFC 8843 §6: a section of port 0 is only gone when it is not {@code bundle-only}. */
  boolean rejected() {
    return port == 0 && !attributes.has("bundle-only");
  }

  Optional<Kind> kind() {
    return switch (media) {
      case "audio" -> Optional.of(Kind.AUDIO);
      case "video" -> Optional.of(Kind.VIDEO);
      default -> Optional.empty();
    };
  }

  Direction direction(SdpAttributes session) {
    for (SdpAttributes level : List.of(attributes, session)) {
      for (Direction direction : Direction.values()) {
        if (level.has(direction.wireName())) {
          return direction;
        }
      }
    }
    return Direction.SENDRECV;
  }
}
