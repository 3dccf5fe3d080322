package dev.amphi.server.load.origin;

import java.util.Set;

/**
 * What is measured.
 *
 * @param seconds length of one comparison, and of the time that the crowd is looked at
 * @param rounds how often each is compared, in turn
 * @param connections of wrk
 * @param waiting reloads that wait at once
 * @param viewers who watch at once
 * @param rendition what the class's program is coded as, as {@code 480p}
 */
public record OriginPlan(
    Set<Case> cases,
    int seconds,
    int rounds,
    int connections,
    int waiting,
    int viewers,
    String rendition) {
  public OriginPlan {
    cases = Set.copyOf(cases);
  }

  /** What can be looked at. */
  public enum Case {
    PLAYLIST,
    SEGMENT,
    WAITING,
    CROWD
  }
}
