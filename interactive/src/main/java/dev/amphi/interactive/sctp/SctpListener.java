package dev.amphi.interactive.sctp;

import java.util.List;

/**
 * Hears of an association, from within {@link SctpAssociation#onPacket} and {@link
 * SctpAssociation#poll}. It may send from there; what it sends goes out with the next poll.
 */
public interface SctpListener {
  /** Messages can flow in both directions. */
  void established();

  /**
   * A whole message came.
   *
   * @param payloadType the payload protocol identifier
   * @param message the listener's own from now on
   */
  void message(int stream, long payloadType, byte[] message);

  /**
   * The far side starts these streams anew, all of them when the list is empty: nothing of before
   * comes on them any more.
   */
  void incomingReset(List<Integer> streams);

  /** Our side of these streams was started anew, as was asked for. */
  void outgoingReset(List<Integer> streams);

  /** The association is over; the last call. */
  void closed(String reason);
}
