package dev.amphi.interactive.receive;

/** Where a receiver sends its requests to the publisher. */
public interface ReceiverFeedback {
  /** Asks for packets again; {@code sequences} ascend, valid only during the call. */
  void sendNack(long mediaSsrc, int[] sequences, int count);

  /** Asks for a key frame. */
  void sendPictureLoss(long mediaSsrc);
}
