package dev.amphi.server.node;

import dev.amphi.composer.api.Shed;
import dev.amphi.server.room.RoomCounters;

/** Counts, and writes into the audit log what somebody may ask about later. */
record AuditedCounters(RoomCounters counters, AuditLog audit) implements RoomCounters {
  @Override
  public void frameForwarded() {
    counters.frameForwarded();
  }

  @Override
  public void composerRestarted() {
    counters.composerRestarted();
  }

  @Override
  public void programLoad(Shed shed, long lateMillis) {
    counters.programLoad(shed, lateMillis);
  }

  @Override
  public void quarantined(String roomId, String trackId) {
    counters.quarantined(roomId, trackId);
    audit.acted(roomId, "", "node", "quarantine", trackId, "ok");
  }

  @Override
  public void programLoudness(double lufs) {
    counters.programLoudness(lufs);
  }
}
