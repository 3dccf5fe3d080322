package dev.amphi.server.webhook;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Sends one request. */
interface Post {
  /**
   * What came back.
   *
   * @param status of the answer
   * @param retryAfterMillis for how long the endpoint asks to be left alone; 0 where it does not
   */
  record Answer(int status, long retryAfterMillis) {}

  /** POSTs; fails where no status came back in time. Never blocks. */
  CompletionStage<Answer> post(URI url, Map<String, String> headers, byte[] body);
}
