package dev.amphi.server.push;

import dev.amphi.packager.push.Destination;
import java.util.Map;
import java.util.stream.Stream;

/** What everybody in a class is told of a platform that it goes to: never its address. */
final class PlatformName {
  /** By the end of the host, as the platforms' own help pages give their servers. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "youtube.com", "YouTube",
          "twitch.tv", "Twitch",
          "ingest.global-contribute.live-video.net", "Twitch",
          "facebook.com", "Facebook",
          "vimeo.com", "Vimeo");

  /** What is shorter may be a word that a name has as well. */
  private static final int SHORTEST_SECRET = 8;

  private PlatformName() {}

  /** What whoever added it called it, else whose host it is; "" when neither is known. */
  static String of(PushSpec spec) {
    String host = spec.destination().host();
    return spec.name().equals(host) ? ofHost(host) : spec.name();
  }

  private static String ofHost(String host) {
    return KNOWN.entrySet().stream()
        .filter(known -> ("." + host).endsWith("." + known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /** Whether a name that somebody gave tells what nobody else should know. */
  static boolean tells(String name, Destination destination) {
    return name.contains("://")
        || Stream.concat(Stream.of(destination.key()), destination.options().values().stream())
            .anyMatch(secret -> secret.length() >= SHORTEST_SECRET && name.contains(secret));
  }
}
