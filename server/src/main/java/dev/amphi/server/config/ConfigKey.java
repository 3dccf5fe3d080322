package dev.amphi.server.config;

import java.util.List;
import java.util.Locale;

/** One setting's name with its default and its meaning; the table of everything that may be set. */
public enum ConfigKey {
  HTTP_HOST("http.host", "127.0.0.1", "address that HTTP listens on"),
  HTTP_PORT("http.port", "8080", "TCP port of HTTP; 0 takes a free one"),
  HTTP_MAX_BODY("http.max_body", "64KiB", "longest request body of the API"),
  HTTP_IDLE_TIMEOUT("http.idle_timeout", "75s", "a silent connection is closed after this"),
  HTTP_TRUSTED_PROXIES(
      "http.trusted_proxies", "", "networks of proxies whose X-Forwarded-For is believed"),
  HTTP_EDGE_KEY("http.edge_key", "", "secret of the caching proxies that admit viewers themselves"),
  MEDIA_PORT("media.port", "10000", "UDP and TCP port of all media; 0 takes a free one"),
  MEDIA_ADDRESSES(
      "media.addresses", "", "addresses that media comes to; empty for all of this machine's"),
  MEDIA_TCP("media.tcp", "true", "take media over TCP too, for those whose UDP is blocked"),
  MEDIA_SESSIONS("media.sessions_per_room", "200", "peer connections that one room may hold"),
  MEDIA_OFFERS(
      "media.offers_per_address", "300", "WHIP and WHEP offers from one address in 10 seconds"),
  MEDIA_CLIENT_STATS(
      "media.client_stats", "false", "collect what browsers measure of their connections"),
  COMPOSER_CPU_BUDGET(
      "composer.cpu_budget", "0", "processors for programs and node together; 0 for all there are"),
  COMPOSER_RENDITIONS(
      "composer.renditions",
      "auto",
      "sizes of the program's picture, as 720p,480p,360p; auto as the budget allows"),
  COMPOSER_ENCODER("composer.encoder", "auto", "x264, openh264, or auto: x264 where it is"),
  PUSH_MAX_PER_ROOM("push.max_per_room", "3", "platforms that one class may be pushed to at once"),
  PUSH_ALLOW_PRIVATE(
      "push.allow_private", "false", "whether pushes may go to addresses of private networks"),
  PUSH_CA_FILE(
      "push.ca_file", "", "PEM file of certificates that RTMPS trusts instead of Java's own"),
  TURN_URLS("turn.urls", "", "the TURN server's ways in, as turn:turn.example.org:3478"),
  TURN_SECRET("turn.secret", "", "secret shared with the TURN server"),
  TURN_TTL("turn.ttl", "1h", "how long TURN credentials open new relays"),
  RECORDING_MASTER_KEY_FILE(
      "recording.master_key_file",
      "",
      "file of keys that encrypt recordings; empty for plain ones"),
  RECORDING_RETENTION(
      "recording.retention", "", "recordings are erased so long after their end; empty for never"),
  RECORDING_TRACKS(
      "recording.tracks",
      "false",
      "keep a track of each consenting participant with each recording"),
  RECORDING_LOCAL_COPY(
      "recording.local_copy",
      "keep",
      "keep media on this disk too once the bucket has it, or drop it"),
  RECORDING_S3_BUCKET(
      "recording.s3.bucket", "", "bucket that recordings are brought to; empty for none"),
  RECORDING_S3_PREFIX(
      "recording.s3.prefix", "amphi/", "what names in the bucket begin with, one for each node"),
  RECORDING_S3_ENDPOINT(
      "recording.s3.endpoint", "", "S3 server, as https://s3.example.org; empty for Amazon's"),
  RECORDING_S3_REGION("recording.s3.region", "us-east-1", "region of the bucket"),
  RECORDING_S3_PATH_STYLE(
      "recording.s3.path_style",
      "auto",
      "the bucket stands in the path: true, false, or auto: where there is an endpoint"),
  RECORDING_S3_CREDENTIALS_FILE(
      "recording.s3.credentials_file",
      "",
      "file of the access key, as AWS's tools have it; empty: where these look"),
  DATA_DIR("data_dir", "data", "folder of keys, segments and recordings"),
  TIME_ZONE("time_zone", "", "the school's, as Europe/Berlin; empty for this machine's"),
  LANGUAGE("language", "en", "of the program's own words: en, de, fr, es, ar, hi or zh"),
  LOGO("logo", "", "PNG or JPEG file of the school's logo, for the slates"),
  LOGO_CORNER(
      "logo_corner",
      "none",
      "where the logo is in the picture: none, top_left, top_right, bottom_left or bottom_right"),
  PUBLIC_URL("public_url", "", "how people reach this node, as https://live.example.org"),
  CLUSTER_ENABLED("cluster.enabled", "false", "share the rooms with other nodes"),
  CLUSTER_HOST("cluster.host", "127.0.0.1", "the private address that members talk on"),
  CLUSTER_PORT("cluster.port", "5701", "TCP port that members talk on"),
  CLUSTER_MEMBERS("cluster.members", "", "host:port of the other members"),
  CLUSTER_HTTP_URL("cluster.http_url", "", "where other nodes reach this one's HTTP port"),
  LOG_FORMAT("log.format", "auto", "auto, human or json");

  /** API keys are a map with names of the operator's choosing, {@code keys.<id>: <secret>}. */
  static final String KEYS_PREFIX = "keys.";

  private final String path;
  private final String fallback;
  private final String meaning;

  ConfigKey(String path, String fallback, String meaning) {
    this.path = path;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /** The dotted name, as {@code http.port}. */
  public String path() {
    return path;
  }

  /** What holds when nobody says anything. */
  public String fallback() {
    return fallback;
  }

  /** One line for the operator. */
  public String meaning() {
    return meaning;
  }

  /** The environment's name, as {@code AMPHI_HTTP_PORT}. */
  public String variable() {
    return "AMPHI_" + path.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  static List<String> paths() {
    return java.util.Arrays.stream(values()).map(ConfigKey::path).toList();
  }
}
