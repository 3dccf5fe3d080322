package dev.amphi.server.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** How recordings are kept, checked. */
final class RecordingReader {
  /** Amazon S3's rules for names of buckets, which other stores share. */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9_.=-]{1,100}/){0,8}");
  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final CheckedSettings checked;

  RecordingReader(CheckedSettings checked) {
    this.checked = checked;
  }

  ServerConfig.Recordings recordings() {
    Optional<ServerConfig.Bucket> bucket = bucket();
    return new ServerConfig.Recordings(
        checked.file(ConfigKey.RECORDING_MASTER_KEY_FILE),
        retention(),
        bucket,
        keepLocal(bucket.isPresent()),
        checked.flag(ConfigKey.RECORDING_TRACKS));
  }

  /** A day at least: what is erased does not come back. */
  private Duration retention() {
    Setting setting = checked.setting(ConfigKey.RECORDING_RETENTION);
    if (setting.text().isEmpty()) {
      return Duration.ZERO;
    }
    Optional<Duration> length =
        Units.duration(setting.text()).filter(time -> time.compareTo(Duration.ofDays(1)) >= 0);
    if (length.isEmpty()) {
      checked.refuse(setting, "at least one day, as 365d, or empty to keep recordings for ever");
    }
    return length.orElse(Duration.ZERO);
  }

  private Optional<ServerConfig.Bucket> bucket() {
    Setting name = checked.setting(ConfigKey.RECORDING_S3_BUCKET);
    Optional<URI> endpoint = checked.url(ConfigKey.RECORDING_S3_ENDPOINT);
    String prefix = prefix();
    String region = region();
    boolean pathStyle = pathStyle(endpoint.isPresent());
    if (name.text().isEmpty()) {
      return Optional.empty();
    }
    if (!BUCKET.matcher(name.text()).matches()) {
      checked.refuse(name, "the name of a bucket: 3 to 63 small letters, digits, dots and hyphens");
    }
    return Optional.of(
        new ServerConfig.Bucket(
            name.text(),
            prefix,
            endpoint,
            region,
            pathStyle,
            checked.file(ConfigKey.RECORDING_S3_CREDENTIALS_FILE)));
  }

  private String prefix() {
    Setting setting = checked.setting(ConfigKey.RECORDING_S3_PREFIX);
    String text = setting.text();
    String prefix = text.isEmpty() || text.endsWith("/") ? text : text + "/";
    if (!PREFIX.matcher(prefix).matches()) {
      checked.refuse(setting, "words with a slash between them, as amphi/node-1");
    }
    return prefix;
  }

  private String region() {
    Setting setting = checked.setting(ConfigKey.RECORDING_S3_REGION);
    if (!REGION.matcher(setting.text()).matches()) {
      checked.refuse(setting, "the name of a region, as eu-central-1");
    }
    return setting.text();
  }

  private boolean pathStyle(boolean byEndpoint) {
    return checked.setting(ConfigKey.RECORDING_S3_PATH_STYLE).text().equals("auto")
        ? byEndpoint
        : checked.flag(ConfigKey.RECORDING_S3_PATH_STYLE);
  }

  private boolean keepLocal(boolean elsewhere) {
    Setting setting = checked.setting(ConfigKey.RECORDING_LOCAL_COPY);
    boolean drop = setting.text().equals("drop");
    if (!drop && !setting.text().equals("keep")) {
      checked.refuse(setting, "keep or drop");
    } else if (drop && !elsewhere) {
      checked.refuse(setting, "keep as long as there is no recording.s3.bucket");
    }
    return !drop;
  }
}
