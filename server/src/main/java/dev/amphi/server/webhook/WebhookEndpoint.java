package dev.amphi.server.webhook;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Where an operator wants to hear of what happens.
 *
 * @param name of the operator's choosing, safe in paths
 * @param secrets each signs every message, so that one can take the place of another
 * @param events which are told, as {@code class.live} or {@code stage.*}; empty for all
 */
public record WebhookEndpoint(
    String name, URI url, List<WebhookSecret> secrets, Set<String> events) {
  public WebhookEndpoint {
    secrets = List.copyOf(secrets);
    events = Set.copyOf(events);
  }

  boolean wants(String type) {
    return events.isEmpty()
        || events.contains(type)
        || events.contains(type.substring(0, type.indexOf('.') + 1) + "*");
  }

  /** Without what may be a secret in it, which with some services is the path: only the host. */
  String shownUrl() {
    int port = url.getPort();
    return url.getScheme() + "://" + url.getHost() + (port < 0 ? "" : ":" + port) + "/…";
  }

  /** Says where to, and nothing else. */
  @Override
  public String toString() {
    return "WebhookEndpoint[" + name + ", " + shownUrl() + "]";
  }
}
