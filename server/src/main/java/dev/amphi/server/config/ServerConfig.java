package dev.amphi.server.config;

import dev.amphi.composer.api.Corner;
import dev.amphi.composer.api.Ladder;
import dev.amphi.composer.codec.EncoderChoice;
import dev.amphi.composer.scene.Words;
import dev.amphi.server.webhook.WebhookEndpoint;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that an operator decides about one node, checked.
 *
 * @param dataDir where keys, segments and recordings live
 * @param publicUrl how people reach this node when it is not {@code http://host:port}
 * @param language of what the program itself says, one of {@link Words#LANGUAGES}
 * @param logo a PNG or JPEG file for the slates
 * @param logoCorner where in the picture the logo is too
 * @param timeZone in which the program tells times
 * @param keys API keys by id, each with its secret; the development key is not among them
 * @param webhooks who is told what happens
 */
public record ServerConfig(
    Http http,
    Media media,
    Optional<Turn> turn,
    Path dataDir,
    Optional<URI> publicUrl,
    ZoneId timeZone,
    String language,
    Optional<Path> logo,
    Optional<Corner> logoCorner,
    Composing composer,
    Recordings recordings,
    Pushing push,
    Cluster cluster,
    Log log,
    Map<String, String> keys,
    List<WebhookEndpoint> webhooks) {

  /**
   * The HTTP side.
   *
   * @param host the address to listen on; on a loopback address the development key is active
   * @param port 0 takes a free one
   * @param maxBodyBytes the longest request body of the API
   * @param idleTimeout a connection that is silent for longer is closed
   * @param trustedProxies whose word about a visitor's address is believed
   * @param edgeKey shared with caching proxies that admit viewers themselves; empty: there are none
   */
  public record Http(
      String host,
      int port,
      long maxBodyBytes,
      Duration idleTimeout,
      List<AddressRange> trustedProxies,
      String edgeKey) {
    /** Leaves the key out, so that no log shows it. */
    @Override
    public String toString() {
      return "Http[" + host + ":" + port + "]";
    }
  }

  /**
   * The media side.
   *
   * @param port UDP and TCP, for all media; 0 takes a free one
   * @param addresses what answers tell; empty for all of this machine's but link-local ones
   * @param tcp whether the port takes TCP connections too
   * @param sessionsPerRoom peer connections that one room may hold
   * @param offersPerAddress WHIP and WHEP offers that one address may post in 10 seconds
   * @param clientStats whether browsers are asked for what they measure
   */
  public record Media(
      int port,
      List<InetAddress> addresses,
      boolean tcp,
      int sessionsPerRoom,
      int offersPerAddress,
      boolean clientStats) {}

  /**
   * The relay for networks that let nothing else through.
   *
   * @param urls all its ways in (RFC 7065), at least one
   * @param secret shared with it, for short-lived credentials
   * @param ttl how long these open new relays
   */
  public record Turn(List<String> urls, String secret, Duration ttl) {
    /** Leaves the secret out, so that no log shows it. */
    @Override
    public String toString() {
      return "Turn[urls=" + urls + ", ttl=" + ttl + "]";
    }
  }

  /**
   * The programs.
   *
   * @param cpuBudget processors that programs and node may use together
   * @param renditions the sizes of the picture; empty: as many as the budget leaves room for
   * @param encoder what codes them
   */
  public record Composing(double cpuBudget, Optional<Ladder> renditions, EncoderChoice encoder) {}

  /**
   * How recordings are kept.
   *
   * @param masterKeys the file of the keys that encrypt them
   * @param retention how long after its end one is erased; zero for never
   * @param bucket where they are brought to
   * @param keepLocal whether media stays on this disk once it is there
   * @param tracks whether those of single participants are kept too, unless somebody says otherwise
   */
  public record Recordings(
      Optional<Path> masterKeys,
      Duration retention,
      Optional<Bucket> bucket,
      boolean keepLocal,
      boolean tracks) {}

  /**
   * A bucket of an object store; its keys are in none of these.
   *
   * @param endpoint of a store that is not Amazon's
   * @param prefix of all names, with a slash at its end, or ""
   * @param pathStyle whether the bucket's name is in the path instead of the host's name
   * @param credentials a file as AWS's tools have it
   */
  public record Bucket(
      String name,
      String prefix,
      Optional<URI> endpoint,
      String region,
      boolean pathStyle,
      Optional<Path> credentials) {}

  /**
   * To which other platforms programs may go.
   *
   * @param mostPerRoom how many at once
   * @param allowPrivate whether also to addresses of private networks
   * @param authorities certificates that are trusted instead of Java's own
   */
  public record Pushing(int mostPerRoom, boolean allowPrivate, Optional<Path> authorities) {}

  /**
   * Who else is there.
   *
   * @param host the one private interface that members talk on
   * @param members {@code host:port} of the other members
   * @param httpUrl where the others reach this node's HTTP port, when not at its own address
   */
  public record Cluster(
      boolean enabled, String host, int port, List<String> members, Optional<URI> httpUrl) {}

  /** How the log is written. */
  public record Log(LogFormat format) {}

  /** Human on a terminal and JSON lines otherwise, unless chosen. */
  public enum LogFormat {
    AUTO,
    HUMAN,
    JSON
  }
}
