package dev.amphi.packager.playlist;

/** EXT-X-MEDIA of TYPE=AUDIO (RFC 8216bis §4.4.6.1): the sound of a group, chosen by default. */
public record AudioMedia(String uri, String group, String name, int channels) {
  static final String TAG = "#EXT-X-MEDIA:";

  String write(UriSuffix suffix) {
    return TAG
        + new Attributes()
            .put("TYPE", "AUDIO")
            .quoted("GROUP-ID", group)
            .quoted("NAME", name)
            .yes("DEFAULT", true)
            .yes("AUTOSELECT", true)
            .quoted("CHANNELS", Integer.toString(channels))
            .quoted("URI", suffix.on(uri));
  }
}
