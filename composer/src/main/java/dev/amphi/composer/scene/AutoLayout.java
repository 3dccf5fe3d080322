package dev.amphi.composer.scene;

import dev.amphi.composer.layout.Layout;
import dev.amphi.composer.layout.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the layout as somebody at the desk would, who follows the teaching: a share when there is
 * one, two who talk beside each other, a discussion of more as a grid, whoever comes on stage first
 * beside the teacher, and otherwise the one who speaks. No shot is shorter than six seconds, but
 * for a share, which is shown at once.
 */
final class AutoLayout {
  private static final long SHOT_NANOS = 6_000_000_000L;
  private static final long WELCOME_NANOS = 8_000_000_000L;
  private static final long NEVER = Long.MIN_VALUE;

  private static final Layout SPEAKER = layout("speaker");
  private static final Layout PRESENTATION = layout("presentation_pip");
  private static final Layout BESIDE = layout("side_by_side");
  private static final Layout GRID = layout("grid");

  private final Turns turns = new Turns();
  private final Map<String, Long> since = new HashMap<>();
  private Layout shown = SPEAKER;
  private long shownSinceNanos = NEVER;

  private static Layout layout(String id) {
    return Layout.named(id).orElseThrow();
  }

  /** Hears who is loudest; "" for nobody. */
  void loudest(String participantId, long nowNanos) {
    turns.loudest(participantId, nowNanos);
  }

  /**
   * The layout for now.
   *
   * @param led whether somebody is under the spotlight, who is then to be seen large
   */
  Layout choose(List<Member> members, boolean led, long nowNanos) {
    shownSinceNanos = shownSinceNanos == NEVER ? nowNanos : shownSinceNanos;
    List<String> people =
        members.stream().filter(member -> !member.share()).map(Member::id).toList();
    boolean welcome = welcome(people, nowNanos);
    boolean share = people.size() < members.size();
    Layout wanted = share ? PRESENTATION : led ? SPEAKER : withoutShare(people, welcome, nowNanos);
    boolean urgent = share || led || people.size() < 2;
    if (wanted != shown && (urgent || nowNanos - shownSinceNanos >= SHOT_NANOS)) {
      shown = wanted;
      shownSinceNanos = nowNanos;
    }
    return shown;
  }

  private Layout withoutShare(List<String> people, boolean welcome, long nowNanos) {
    if (people.size() < 2) {
      return SPEAKER;
    }
    Set<String> talkers = turns.talkers(nowNanos);
    talkers.retainAll(people);
    if (people.size() == 2) {
      return welcome || talkers.size() == 2 ? BESIDE : SPEAKER;
    }
    return talkers.size() > 1 ? GRID : SPEAKER;
  }

  /** Whether somebody has just come to others who were there before. */
  private boolean welcome(List<String> people, long nowNanos) {
    since.keySet().retainAll(people);
    boolean others = !since.isEmpty();
    for (String id : people) {
      since.putIfAbsent(id, others ? nowNanos : nowNanos - WELCOME_NANOS);
    }
    return since.values().stream().anyMatch(came -> nowNanos - came < WELCOME_NANOS);
  }
}
