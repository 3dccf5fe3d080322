package dev.amphi.server.token;

import dev.amphi.interactive.api.IceServer;
import dev.amphi.interactive.api.IceServers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Short-lived credentials for a TURN server that shares a secret with this node (coturn's {@code
 * use-auth-secret}, draft-uberti-behave-turn-rest-00): the user name says until when and for whom,
 * the password is its HMAC. Nothing is stored on either side.
 */
public final class TurnCredentials implements IceServers {
  /**
   * What the draft fixes, and coturn with it; it keys a MAC, so SHA-1's collisions do not matter.
   */
  private static final String MAC = "HmacSHA1";

  private final List<String> urls;
  private final byte[] secret;
  private final Duration lifetime;
  private final Clock clock;

  /**
   * Credentials for one TURN server.
   *
   * @param urls all its ways in, as {@code turn:turn.example.org:3478?transport=udp}
   * @param secret as in the server's own configuration
   * @param lifetime how long a new allocation can be made with them; running ones go on
   */
  public TurnCredentials(List<String> urls, String secret, Duration lifetime, Clock clock) {
    this.urls = List.copyOf(urls);
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    this.lifetime = lifetime;
    this.clock = clock;
  }

  @Override
  public List<IceServer> of(String user) {
    long until = clock.instant().plus(lifetime).getEpochSecond();
    String username = until + ":" + user;
    return List.of(new IceServer(urls, username, password(username)));
  }

  private String password(String username) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret, MAC));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + MAC + ".", e);
    }
  }
}
