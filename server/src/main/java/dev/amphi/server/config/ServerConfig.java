package dev.amphi.server.config;

import dev.amphi.composer.api.Corner;
import dev.amphi.composer.api.Ladder;
import dev.amphi.composer.codec.EncoderChoice;
import dev.amphi.composer.scene.Words;
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
    Cluster cluster,
    Log log,
    Map<String, String> keys) {

  /**
   * The HTTP side.
   *
   * @param host the address to listen on; on a loopback address the development key is active
   * @param port 0 takes a free one
   * @param maxBodyBytes the longest request body of the API
   * @param idleTimeout a connection that is silent for longer is closed
   * @param trustedProxies whose word about a visitor's address is believed
   */
  public record Http(
      String host,
      int port,
      long maxBodyBytes,
      Duration idleTimeout,
      List<AddressRange> trustedProxies) {}

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
   */
  public record Recordings(Optional<Path> masterKeys, Duration retention) {}

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
