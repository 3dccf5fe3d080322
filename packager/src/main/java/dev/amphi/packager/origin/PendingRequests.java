package dev.amphi.packager.origin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one table of requests that wait for a part or a segment, keyed by stream and position. It
 * holds no timer and calls nobody: whoever publishes, or polls, gets the waiters that are due. The
 * monitor is there because publishers and event loops meet here; nothing is done under it.
 *
 * @param <W> what is handed back when the wait is over
 */
public final class PendingRequests<W> {
  /** The next deadline when nobody waits. */
  public static final long NEVER = Long.MAX_VALUE;

  private final int perClient;
  private final int total;
  private final Map<String, NavigableMap<Position, Map<Long, Ticket<W>>>> streams = new HashMap<>();
  private final Map<String, Integer> clients = new HashMap<>();
  private final Map<Long, Ticket<W>> byAge = new LinkedHashMap<>();
  private long nextId;
  private long refused;

  /** One parked request. */
  public record Ticket<W>(
      long id, String stream, Position position, String client, long deadlineNanos, W waiter) {}

  /**
   * @param perClient how many requests one client may park
   * @param total how many all may park
   */
  public PendingRequests(int perClient, int total) {
    this.perClient = perClient;
    this.total = total;
  }

  /** Parks a request; null when there is no room for it. */
  public synchronized @Nullable Ticket<W> park(
      String stream, Position position, String client, long deadlineNanos, W waiter) {
    int own = clients.getOrDefault(client, 0);
    if (own >= perClient || byAge.size() >= total) {
      refused++;
      return null;
    }
    Ticket<W> ticket = new Ticket<>(nextId++, stream, position, client, deadlineNanos, waiter);
    streams
        .computeIfAbsent(stream, key -> new TreeMap<>())
        .computeIfAbsent(position, key -> new LinkedHashMap<>())
        .put(ticket.id(), ticket);
    byAge.put(ticket.id(), ticket);
    clients.put(client, own + 1);
    return ticket;
  }

  /** Takes a request back; false when it was released already. */
  public synchronized boolean cancel(Ticket<W> ticket) {
    return remove(ticket);
  }

  /** Takes out who waits for anything up to this position, the earliest first. */
  public synchronized List<W> published(String stream, Position upTo) {
    NavigableMap<Position, Map<Long, Ticket<W>>> waiting = streams.get(stream);
    if (waiting == null) {
      return List.of();
    }
    List<Ticket<W>> due = new ArrayList<>();
    waiting.headMap(upTo, true).values().forEach(tickets -> due.addAll(tickets.values()));
    return takeOut(due);
  }

  /** Takes out everybody who waits for a stream: it is over. */
  public synchronized List<W> ended(String stream) {
    NavigableMap<Position, Map<Long, Ticket<W>>> waiting = streams.get(stream);
    if (waiting == null) {
      return List.of();
    }
    List<Ticket<W>> due = new ArrayList<>();
    waiting.values().forEach(tickets -> due.addAll(tickets.values()));
    return takeOut(due);
  }

  /** Takes out whose time is over. */
  public synchronized List<W> expired(long nowNanos) {
    List<Ticket<W>> due = new ArrayList<>();
    for (Ticket<W> ticket : byAge.values()) {
      if (nowNanos - ticket.deadlineNanos() >= 0) {
        due.add(ticket);
      }
    }
    return takeOut(due);
  }

  /** When {@link #expired} has something to give, {@link #NEVER} when nobody waits. */
  public synchronized long nextDeadlineNanos() {
    Iterator<Ticket<W>> oldest = byAge.values().iterator();
    return oldest.hasNext() ? oldest.next().deadlineNanos() : NEVER;
  }

  /** How many wait. */
  public synchronized int size() {
    return byAge.size();
  }

  /** How many were turned away for want of room. */
  public synchronized long refused() {
    return refused;
  }

  private List<W> takeOut(List<Ticket<W>> due) {
    List<W> waiters = new ArrayList<>(due.size());
    for (Ticket<W> ticket : due) {
      remove(ticket);
      waiters.add(ticket.waiter());
    }
    return waiters;
  }

  private boolean remove(Ticket<W> ticket) {
    if (byAge.remove(ticket.id()) == null) {
      return false;
    }
    clients.computeIfPresent(ticket.client(), (key, own) -> own > 1 ? own - 1 : null);
    streams.computeIfPresent(
        ticket.stream(),
        (key, positions) -> {
          positions.computeIfPresent(
              ticket.position(),
              (position, tickets) -> {
                tickets.remove(ticket.id());
                return tickets.isEmpty() ? null : tickets;
              });
          return positions.isEmpty() ? null : positions;
        });
    return true;
  }
}
