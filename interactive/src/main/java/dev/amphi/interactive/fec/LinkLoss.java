package dev.amphi.interactive.fec;

import dev.amphi.interactive.rtp.ReportBlock;

/**
 * What a link loses, from its receiver's reports. A report's own fraction (RFC 3550 §6.4.1) counts
 * as lost what comes a little later, as everything does that was lost before it came here and is
 * still being repaired; the cumulative number takes that back. So it is compared over two reports.
 */
public final class LinkLoss {
  private static final int SPAN = 2;
  private static final int WHOLE = 256;

  private final long[] highest = new long[SPAN];
  private final int[] lost = new int[SPAN];
  private int reports;

  /** The loss in 256ths after another report. */
  public int onReport(ReportBlock block) {
    if (reports > 0 && block.extendedHighest() < highest[(reports - 1) % SPAN]) {
      reports = 0; // the receiver started over
    }
    int place = reports % SPAN;
    int loss = reports < SPAN ? block.fractionLost() : since(place, block);
    highest[place] = block.extendedHighest();
    lost[place] = block.cumulativeLost();
    reports++;
    return loss;
  }

  private int since(int place, ReportBlock block) {
    long expected = block.extendedHighest() - highest[place];
    long missing = (long) block.cumulativeLost() - lost[place];
    return expected <= 0 ? 0 : Math.clamp(missing * WHOLE / expected, 0, WHOLE - 1);
  }
}
