package dev.amphi.interactive.transport.ice;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.ice4j.ice.harvest.AbstractUdpListener;

/**
 * What ice4j takes from system properties and static fields; read once, so it is set before the
 * first of its classes is touched. What the operator set stays.
 */
final class IceSettings {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          // Asks the cloud's metadata address otherwise, and waits.
          "ice4j.harvest.mapping.aws.enabled", "false",
          "ice4j.harvest.use-link-local-addresses", "false",
          "ice4j.harvest.udp.use-dynamic-ports", "false",
          // More than one socket shares the port, and then a second node would share it unnoticed.
          "ice4j.harvest.udp.socket-pool-size", "1",
          "ice4j.harvest.udp.receive-buffer-size", "4194304",
          "ice4j.redact-remote-addresses", "true",
          // RFC 7675 §5.1: asked every 5 s, lost after about 20 s without an answer.
          "ice4j.consent-freshness.interval", "5 seconds",
          "ice4j.consent-freshness.max-retransmissions", "30");

  /** Loggers are forgotten with their levels when nobody holds them. */
  private static final Logger ICE4J = Logger.getLogger("org.ice4j");

  private static final Logger JITSI = Logger.getLogger("org.jitsi");
  private static final Logger CONFIG = Logger.getLogger("JitsiConfig");

  private IceSettings() {}

  static synchronized void apply() {
    PROPERTIES.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
    ICE4J.setLevel(Level.SEVERE);
    JITSI.setLevel(Level.SEVERE);
    CONFIG.setLevel(Level.SEVERE);
    AbstractUdpListener.USE_PUSH_API = true;
  }
}
