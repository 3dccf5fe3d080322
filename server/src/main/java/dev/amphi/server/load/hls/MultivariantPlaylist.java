package dev.amphi.server.load.hls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The renditions of a program (RFC 8216bis §4.4.6).
 *
 * @param variants those with pictures, the one with the highest bandwidth first
 * @param audioUri the separate sound of the default rendition, empty when it is in the variants
 */
record MultivariantPlaylist(List<Variant> variants, String audioUri) {
  /** One rendition with pictures. */
  record Variant(String uri, long bandwidthBps) {}

  /** Reads a whole playlist; variants without a video codec are left out. */
  static MultivariantPlaylist parse(String text) throws PlaylistException {
    if (!text.startsWith("#EXTM3U")) {
      throw new PlaylistException("A playlist starts with #EXTM3U, this one does not");
    }
    List<Variant> variants = new ArrayList<>();
    String audio = "";
    AttributeList streamInf = null;
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.startsWith("#EXT-X-STREAM-INF:")) {
        streamInf = AttributeList.parse(line.substring(line.indexOf(':') + 1));
      } else if (line.startsWith("#EXT-X-MEDIA:") && audio.isEmpty()) {
        audio = audioUri(AttributeList.parse(line.substring(line.indexOf(':') + 1))).orElse("");
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        variant(streamInf, line).ifPresent(variants::add);
        streamInf = null;
      }
    }
    variants.sort(Comparator.comparingLong(Variant::bandwidthBps).reversed());
    return new MultivariantPlaylist(List.copyOf(variants), audio);
  }

  private static Optional<String> audioUri(AttributeList media) {
    boolean audio = media.text("TYPE").orElse("").equals("AUDIO");
    return audio ? media.text("URI") : Optional.empty();
  }

  private static Optional<Variant> variant(@Nullable AttributeList streamInf, String uri)
      throws PlaylistException {
    if (streamInf == null) {
      throw new PlaylistException("'" + uri + "' has no EXT-X-STREAM-INF before it");
    }
    boolean pictures =
        streamInf.text("RESOLUTION").isPresent()
            || streamInf.text("CODECS").orElse("avc1").contains("avc1");
    return pictures
        ? Optional.of(new Variant(uri, Numbers.whole(streamInf.text("BANDWIDTH").orElse("0"))))
        : Optional.empty();
  }
}
