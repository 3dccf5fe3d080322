package dev.amphi.server.webhook;

/** What becomes of messages, for the operator. Thread-safe and never blocking. */
public interface WebhookCounters {
  /** What became of one. */
  enum Outcome {
    /** The endpoint took it. */
    DELIVERED,
    /** A try failed; there will be others. */
    FAILED,
    /** Three days went by. */
    GIVEN_UP,
    /** Too many waited, the disk did not take it, or the endpoint is gone. */
    DROPPED
  }

  /** Counts one. */
  void count(String endpoint, Outcome outcome);

  /** Counts nothing. */
  WebhookCounters NONE = (endpoint, outcome) -> {};
}
