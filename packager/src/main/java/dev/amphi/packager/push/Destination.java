package dev.amphi.packager.push;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a program is pushed to. The key, the stream id and the passphrase are secrets: {@link
 * #toString()} leaves them out.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param app RTMP's application, the path without its last part; "" for SRT
 * @param key RTMP's stream key, the path's last part with what follows it; "" for SRT
 * @param options SRT's, of {@link SrtOptions}; empty for RTMP
 */
public record Destination(
    Scheme scheme, String host, int port, String app, String key, Map<String, String> options) {

  /** How the platform is spoken to. */
  public enum Scheme {
    RTMP(1_935),
    RTMPS(443),
    SRT(0);

    private final int usualPort;

    Scheme(int usualPort) {
      this.usualPort = usualPort;
    }

    /** As in a URL. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int LONGEST = 1_024;
  private static final int LONGEST_PART = 512;
  private static final Pattern PARTS =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*)://(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,253})(:\\d{1,5})?([/?].*)?");

  /** What may stand in a path or a query (RFC 3986): it goes on as it came. */
  private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e]*");

  public Destination {
    options = Map.copyOf(options);
  }

  /**
   * Reads what a person pastes: {@code rtmp(s)://host[:port]/app/key}, or {@code
   * srt://host:port?streamid=…&passphrase=…&latency=…}.
   *
   * @param key RTMP's stream key where the URL is told without it, or ""
   * @throws PushFailure with a sentence that repeats no secret
   */
  public static Destination of(String url, String key) throws PushFailure {
    Matcher parts = PARTS.matcher(url);
    if (url.length() > LONGEST || !PLAIN.matcher(url + key).matches() || !parts.matches()) {
      throw wrong(
          "The destination must be rtmp://HOST/APP/KEY, rtmps://HOST/APP/KEY or"
              + " srt://HOST:PORT?streamid=…, of at most "
              + LONGEST
              + " characters without spaces, and without a user's name before the host.");
    }
    Scheme scheme = scheme(parts.group(1));
    String host = parts.group(2).replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
    int port = port(Optional.ofNullable(parts.group(3)), scheme);
    String rest = Optional.ofNullable(parts.group(4)).orElse("");
    Destination read =
        scheme == Scheme.SRT
            ? new Destination(scheme, host, port, "", "", SrtOptions.read(rest))
            : rtmp(scheme, host, port, rest.startsWith("/") ? rest.substring(1) : rest, key);
    if (read.url().length() > LONGEST) { // or it could not be read back
      throw wrong(
          "The destination has "
              + read.url().length()
              + " characters when its options are percent-encoded, and may have at most "
              + LONGEST
              + ".");
    }
    return read;
  }

  private static Scheme scheme(String word) throws PushFailure {
    for (Scheme scheme : Scheme.values()) {
      if (scheme.wireName().equals(word.toLowerCase(Locale.ROOT))) {
        return scheme;
      }
    }
    throw wrong("The destination is '" + word + "://…', but only rtmp, rtmps and srt are spoken.");
  }

  private static int port(Optional<String> told, Scheme scheme) throws PushFailure {
    int port = told.map(text -> Integer.parseInt(text.substring(1))).orElse(scheme.usualPort);
    if (port < 1 || port > 65_535) {
      throw wrong(
          told.isPresent()
              ? "The port is " + port + ", but it must be from 1 to 65535."
              : "An SRT destination needs its port, as srt://HOST:9000.");
    }
    return port;
  }

  private static Destination rtmp(Scheme scheme, String host, int port, String path, String key)
      throws PushFailure {
    int query = path.indexOf('?');
    int slash = path.lastIndexOf('/', query < 0 ? path.length() : query);
    boolean apart = !key.isEmpty();
    String app = apart ? path.replaceAll("/+$", "") : path.substring(0, Math.max(0, slash));
    String stream = apart ? key : path.substring(slash + 1);
    if (app.isEmpty() || stream.isEmpty() || stream.startsWith("?") || app.contains("?")) {
      throw wrong(
          "An RTMP destination has an application and a stream key, as rtmp://HOST/APP/KEY.");
    }
    if (app.length() > LONGEST_PART || stream.length() > LONGEST_PART) {
      throw wrong("Application and stream key have at most " + LONGEST_PART + " characters each.");
    }
    return new Destination(scheme, host, port, app, stream, Map.of());
  }

  private static PushFailure wrong(String sentence) {
    return new PushFailure(PushFailure.Kind.WRONG, sentence);
  }

  /** Host and port, as in a URL. */
  public String authority() {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return port == scheme.usualPort ? shown : shown + ":" + port;
  }

  /** RTMP's {@code tcUrl}: everything but the key. */
  String applicationUrl() {
    return scheme.wireName() + "://" + authority() + "/" + app;
  }

  /** As {@link #of} reads it back beside {@link #key()}: SRT's has its secrets. */
  public String url() {
    return scheme == Scheme.SRT
        ? "srt://" + authority() + SrtOptions.write(new TreeMap<>(options))
        : applicationUrl();
  }

  /** For people and logs: the key is {@code ***}, and of SRT there is no more than the host. */
  @Override
  public String toString() {
    return scheme == Scheme.SRT ? "srt://" + authority() : applicationUrl() + "/***";
  }

  /** What somebody else says, without our secrets in it. */
  public String redact(String text) {
    String bare = key.isEmpty() ? text : text.replace(key, "***");
    for (String name : SrtOptions.SECRET) {
      String secret = options.getOrDefault(name, "");
      bare = secret.isEmpty() ? bare : bare.replace(secret, "***");
    }
    int query = key.indexOf('?');
    return query > 0 ? bare.replace(key.substring(0, query), "***") : bare;
  }
}
