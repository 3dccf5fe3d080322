package dev.amphi.interactive.receive;

/** What a receiver counts itself; the rest of its {@link ReceiverStats} its parts count. */
final class ReceiverCounters {
  long packets;
  long bytes;
  long retransmitted;
  long recovered;
  long duplicates;
  long malformed;

  ReceiverStats snapshot(
      ReceptionStatistics reception,
      NackGenerator nack,
      WantedFrames frames,
      KeyFrameRequester keyFrames) {
    return new ReceiverStats(
        packets,
        bytes,
        retransmitted,
        recovered,
        duplicates,
        malformed,
        reception.lost(),
        nack.nacked(),
        nack.givenUp(),
        frames.frames(),
        frames.dropped(),
        frames.keyFrames(),
        keyFrames.sent(),
        reception.jitterTicks());
  }
}
