package dev.amphi.interactive.client;

import dev.amphi.interactive.transport.TransportStats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's counters.
 *
 * @param transport null before the first offer
 * @param offeredNanos monotonic time at which the offer was made, -1 before
 * @param connectedNanos monotonic time at which media could flow, -1 before
 */
public record ClientStats(
    @Nullable TransportStats transport,
    long offeredNanos,
    long connectedNanos,
    List<SentStats> sent,
    List<SlotStats> slots) {
  public ClientStats {
    sent = List.copyOf(sent);
    slots = List.copyOf(slots);
  }

  /** Nothing was offered yet. */
  static final ClientStats NONE = new ClientStats(null, -1, -1, List.of(), List.of());
}
