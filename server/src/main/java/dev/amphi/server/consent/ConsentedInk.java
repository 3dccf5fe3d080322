package dev.amphi.server.consent;

import dev.amphi.interactive.api.BoardChange;
import dev.amphi.interactive.api.ParticipantView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of the board goes into the program: no stroke of somebody who said no. Those on stage see
 * them all the same. Pure; confined to the class's thread.
 */
public final class ConsentedInk {
  private final Set<String> withheld = new HashSet<>();
  private final Map<String, Set<String>> shown = new HashMap<>();

  /** Takes what happened on the board, and gives what of it happens in the program. */
  public List<BoardChange> drawn(BoardChange change) {
    return switch (change) {
      case BoardChange.Grown grown -> show(grown) ? List.of(grown) : List.of();
      case BoardChange.Taken taken -> take(taken) ? List.of(taken) : List.of();
      case BoardChange.Whole whole -> {
        shown.clear();
        yield List.of(new BoardChange.Whole(whole.strokes().stream().filter(this::show).toList()));
      }
    };
  }

  private boolean show(BoardChange.Grown stroke) {
    if (withheld.contains(stroke.author())) {
      return false;
    }
    shown.computeIfAbsent(stroke.author(), id -> new HashSet<>()).add(stroke.id());
    return true;
  }

  private boolean take(BoardChange.Taken stroke) {
    Set<String> known = shown.get(stroke.author());
    return known != null && known.remove(stroke.id());
  }

  /**
   * Takes somebody's newest state, and gives what has to go with it. What was drawn before a yes
   * comes with the next whole board.
   */
  public List<BoardChange> participant(ParticipantView participant) {
    if (participant.consent().allows()) {
      withheld.remove(participant.id());
      return List.of();
    }
    withheld.add(participant.id());
    List<BoardChange> gone = new ArrayList<>();
    Set<String> known = shown.remove(participant.id());
    if (known != null) {
      known.forEach(id -> gone.add(new BoardChange.Taken(participant.id(), id)));
    }
    return gone;
  }
}
