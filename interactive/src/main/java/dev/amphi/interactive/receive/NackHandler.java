package dev.amphi.interactive.receive;

/** What a {@link NackGenerator} decides. */
interface NackHandler {
  /** Ask for these packets; 16-bit sequence numbers, ascending, valid only during the call. */
  void nack(int[] sequences, int count);

  /** This packet, and whatever is missing before it, will not come any more. */
  void givenUp(long sequence);
}
