package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.signal.ServerMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the class is asked, one question at a time, and what it answers. How often each answer was
 * chosen is seen by who moderates while it comes in, and by everybody once the vote is closed: who
 * knows what the others chose answers otherwise. Confined to the room's loop.
 */
final class Polls {
  /** Who moderates hears of new votes that often. */
  static final long TOLD_NANOS = 500_000_000L;

  /** More than any class has; a token that makes up guests must not fill the memory. */
  static final int MOST_VOTERS = 20_000;

  private record Asked(String id, String question, List<String> options, Instant at) {}

  private final Room room;
  private final Map<String, Integer> votes = new HashMap<>();
  private @Nullable Asked asked;
  private boolean open;
  private boolean untold;
  private long toldAtNanos;

  Polls(Room room) {
    this.room = room;
  }

  /** Asks; gives the question's id. */
  String ask(String question, List<String> options) {
    String id = room.context().ids().next("q_");
    asked = new Asked(id, question, options, room.context().clock().now());
    open = true;
    votes.clear();
    tellAll();
    room.context().listener().asked(room.id(), question);
    return id;
  }

  /** Takes no more answers; closing what is closed changes nothing. */
  void close(String id) throws Refusal {
    require(id);
    if (open) {
      open = false;
      tellAll();
      room.context().listener().asked(room.id(), "");
    }
  }

  /** Takes the question away. */
  void clear(String id) throws Refusal {
    require(id);
    asked = null;
    votes.clear();
    room.roster().tell(new ServerMessage.Poll(Optional.empty()));
    if (open) {
      open = false;
      room.context().listener().asked(room.id(), "");
    }
  }

  /** Somebody chooses an answer, or another one. */
  void vote(Participant voter, String id, int option) throws Refusal {
    Asked now = require(id);
    if (!open) {
      throw new Refusal(409, "bad_state", "The vote is closed.");
    }
    if (option >= now.options().size()) {
      throw new Refusal(
          400,
          "malformed",
          "There is no option "
              + option
              + ": they are counted from 0, and there are "
              + now.options().size()
              + ".");
    }
    String who = person(voter);
    if (votes.size() >= MOST_VOTERS && !votes.containsKey(who)) {
      throw new Refusal(429, "too_many", MOST_VOTERS + " people have answered: no more can.");
    }
    votes.put(who, option);
    untold = true;
  }

  /** Tells who moderates what came in. */
  void poll(long nowNanos) {
    if (untold && nowNanos - toldAtNanos >= TOLD_NANOS) {
      tell(true);
    }
  }

  /** The field {@code poll} for one who comes in. */
  Optional<String> snapshot(Participant participant) {
    return Optional.ofNullable(asked)
        .map(
            now ->
                room.encoder()
                    .poll(
                        seen(now, participant.moderates()),
                        Optional.ofNullable(votes.get(person(participant)))));
  }

  /** Without a token one has another id each time that one comes; the browser says who it was. */
  private static String person(Participant participant) {
    return participant.guest().isEmpty() ? participant.id() : participant.guest();
  }

  /** Somebody moderates now, or does so no more, and so sees more or less of it. */
  void tell(Participant participant) {
    Asked now = asked;
    SignalSession signal = participant.signal();
    if (now != null && signal != null) {
      signal.send(spelled(now, participant.moderates()), room.now());
    }
  }

  private void tellAll() {
    tell(false);
  }

  private void tell(boolean moderatorsOnly) {
    Asked now = asked;
    if (now == null) {
      return;
    }
    untold = false;
    toldAtNanos = room.now();
    Optional<String> inside = Optional.of(spelled(now, true));
    Optional<String> outside = moderatorsOnly ? Optional.empty() : Optional.of(spelled(now, false));
    room.roster().tell(participant -> participant.moderates() ? inside : outside);
  }

  private String spelled(Asked now, boolean moderates) {
    return room.encoder().body(new ServerMessage.Poll(Optional.of(seen(now, moderates))));
  }

  private ServerMessage.Question seen(Asked now, boolean moderates) {
    return new ServerMessage.Question(
        now.id(),
        now.question(),
        now.options(),
        now.at(),
        open,
        moderates || !open ? counted(now) : List.of());
  }

  private List<Integer> counted(Asked now) {
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < now.options().size(); i++) {
      counts.add(0);
    }
    votes.values().forEach(option -> counts.set(option, counts.get(option) + 1));
    return counts;
  }

  private Asked require(String id) throws Refusal {
    Asked now = asked;
    if (now == null || !now.id().equals(id)) {
      throw new Refusal(404, "unknown_poll", "The class is not asked '" + id + "' any more.");
    }
    return now;
  }
}
