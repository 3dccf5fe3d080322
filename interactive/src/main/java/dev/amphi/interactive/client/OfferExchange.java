package dev.amphi.interactive.client;

import java.util.concurrent.CompletionStage;

/** Any signalling by which one offer gets its answer: WHIP, WHEP, another server's API. */
public interface OfferExchange {
  /** Sends the offer; completes with the answer's SDP, exceptionally when it is refused. */
  CompletionStage<String> answer(String offer);

  /** The client leaves: the far side should know. */
  default void end() {}
}
