package dev.amphi.packager.playlist;

/** EXT-X-MEDIA of TYPE=SUBTITLES (RFC 8216bis §4.4.6.1): shown only when somebody asks for it. */
public record SubtitleMedia(String uri, String group, String name) {
  String write(UriSuffix suffix) {
    return AudioMedia.TAG
        + new Attributes()
            .put("TYPE", "SUBTITLES")
            .quoted("GROUP-ID", group)
            .quoted("NAME", name)
            .yes("AUTOSELECT", true)
            .quoted("URI", suffix.on(uri));
  }
}
