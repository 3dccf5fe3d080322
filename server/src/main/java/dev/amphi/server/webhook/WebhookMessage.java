package dev.amphi.server.webhook;

import java.nio.charset.StandardCharsets;

/**
 * One event on its way to one endpoint; the same however often it is tried.
 *
 * @param id unique, of letters, digits and {@code _}
 * @param atMillis when it happened, wall clock
 * @param payload JSON, signed and sent to the last byte as it is
 */
record WebhookMessage(String id, long atMillis, String payload) {
  byte[] bytes() {
    return payload.getBytes(StandardCharsets.UTF_8);
  }
}
