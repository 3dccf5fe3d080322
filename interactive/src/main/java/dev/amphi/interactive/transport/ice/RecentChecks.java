package dev.amphi.interactive.transport.ice;

import java.util.Arrays;

/** The checks that came last: one that was overheard and is sent from elsewhere moves nothing. */
final class RecentChecks {
  private static final int REMEMBERED = 64;

  private final byte[][] ids = new byte[REMEMBERED][];
  private final AddressPair[] pairs = new AddressPair[REMEMBERED];
  private int count;

  /** Whether the same check came over another pair before. */
  boolean overheard(byte[] transaction, AddressPair from) {
    for (int i = 0; i < Math.min(count, REMEMBERED); i++) {
      if (Arrays.equals(ids[i], transaction)) {
        return !pairs[i].equals(from);
      }
    }
    int place = count++ % REMEMBERED;
    ids[place] = transaction;
    pairs[place] = from;
    return false;
  }
}
