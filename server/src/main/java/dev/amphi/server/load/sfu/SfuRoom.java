package dev.amphi.server.load.sfu;

import dev.amphi.interactive.client.CountingClient;
import dev.amphi.interactive.client.CountingClients;
import dev.amphi.interactive.client.OfferExchange;
import dev.amphi.server.load.LoadFailed;
import java.util.concurrent.CompletionStage;

/** A room of a forwarder, in the server's own signalling. Publishers are numbered from 0. */
interface SfuRoom {
  /** How a publisher of sound and picture gets its answer. */
  OfferExchange publish(int publisher);

  /** Lets somebody receive one publisher's sound and picture. */
  CompletionStage<CountingClient> subscribe(CountingClients clients, int publisher, boolean probe);

  /**
   * Lets a publisher receive all others' sound and picture on one peer connection.
   *
   * @param publishers how many there are, who all publish already
   */
  CompletionStage<CountingClient> subscribeToOthers(
      CountingClients clients, int publisher, int publishers, boolean probe)
      throws LoadFailed, InterruptedException;

  /** What the server says of the ways out to its subscribers, for people; empty when nothing. */
  default String paths() throws LoadFailed, InterruptedException {
    return "";
  }

  /** Ends the room; who is in it has left before. */
  void end() throws LoadFailed, InterruptedException;
}
