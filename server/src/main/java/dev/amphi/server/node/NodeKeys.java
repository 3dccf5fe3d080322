package dev.amphi.server.node;

import dev.amphi.server.config.ServerConfig;
import dev.amphi.server.token.ApiKey;
import dev.amphi.server.token.DevelopmentKey;
import dev.amphi.server.token.KeyRing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** The keys of a node: those of its configuration and, on loopback, the development key. */
final class NodeKeys {
  private NodeKeys() {}

  static KeyRing of(ServerConfig config) throws StartException {
    List<ApiKey> keys = new ArrayList<>();
    config.keys().forEach((id, secret) -> keys.add(new ApiKey(id, secret, false)));
    if (isLoopback(config.http().host()) && !config.keys().containsKey(ApiKey.DEVELOPMENT_ID)) {
      try {
        keys.add(DevelopmentKey.in(config.dataDir(), new SecureRandom()));
      } catch (IOException e) {
        throw new StartException(
            "The development key in '" + config.dataDir() + "' cannot be used: " + e.getMessage());
      }
    }
    if (keys.isEmpty()) {
      throw new StartException(
          "http.host is '"
              + config.http().host()
              + "', where the development key is not accepted, and there is no API key: add one"
              + " under 'keys' (an id with a secret of 32 characters or more).");
    }
    return new KeyRing(keys);
  }

  private static boolean isLoopback(String host) throws StartException {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new StartException(
          "http.host is '" + host + "', which is no address of this machine: correct it.");
    }
  }
}
