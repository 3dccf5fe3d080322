package dev.amphi.server.webhook;

import java.util.List;

/**
 * How an endpoint does.
 *
 * @param events that are told; empty for all
 * @param enabled whether it gets messages; not after it answered 410
 * @param waiting messages that have not arrived
 * @param failing tries that failed since one went well
 * @param lastResult the status of the last try, or why there was none; "" before the first
 * @param lastAtMillis when that was, wall clock
 */
public record WebhookStatus(
    String name,
    String url,
    List<String> events,
    boolean enabled,
    int waiting,
    int failing,
    String lastResult,
    long lastAtMillis) {
  public WebhookStatus {
    events = List.copyOf(events);
  }
}
