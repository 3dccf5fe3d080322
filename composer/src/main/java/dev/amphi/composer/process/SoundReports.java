package dev.amphi.composer.process;

import dev.amphi.composer.api.ProgramListener;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The Opus packets of one child: of mixes that were asked for only, in order, each of 20 ms. */
final class SoundReports {
  private static final int PACKET_TICKS = 960;

  /** RFC 6716 §3.2.1: the longest frame, and a byte in front of it. */
  private static final int LONGEST_PACKET = 1_276;

  private final ProgramListener listener;
  private final Predicate<String> isMix;
  private final Map<String, Long> nextTicks = new HashMap<>();

  SoundReports(ProgramListener listener, Predicate<String> isMix) {
    this.listener = listener;
    this.isMix = isMix;
  }

  /** Takes the rest of a report: whose voice is left out, and the packet. */
  void accept(ByteBuffer report, long timeTicks) throws BrokenWire {
    String without = Wire.string(report);
    if (!isMix.test(without)) {
      nextTicks.remove(without); // nobody listens any more, and it may have been on its way
      return;
    }
    long next = nextTicks.getOrDefault(without, 0L);
    // A mix that was closed and opened again begins anew, later.
    if (timeTicks < next || report.remaining() < 1 || report.remaining() > LONGEST_PACKET) {
      throw new BrokenWire(
          "A packet of sound has the time %d and %d bytes; expected was %d"
              .formatted(timeTicks, report.remaining(), next));
    }
    nextTicks.put(without, timeTicks + PACKET_TICKS);
    listener.sound(without, report.slice(), timeTicks);
  }
}
