package dev.amphi.composer.process;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.composition.Handling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps sources away from a program's children that made them crash or hang. Thread-safe.
 *
 * <p>Accused is whose media were being decoded when a child died; only when nobody's were, whose
 * picture was being drawn. Who just was there at a crash is not accused again and again.
 */
final class Quarantine {
  private final Suspects suspects = new Suspects();
  private final Map<String, String> participants = new HashMap<>();
  private volatile boolean nobody = true;

  /** A source is there; returns whether it has to stay away from the start. */
  synchronized boolean arrived(SourceSpec source) {
    participants.put(source.id(), source.participantId());
    boolean bad = suspects.arrived(source.id(), source.participantId());
    nobody &= !bad;
    return bad;
  }

  /** A source is gone; returns whether it was in quarantine. */
  synchronized boolean left(String sourceId) {
    participants.remove(sourceId);
    return suspects.left(sourceId);
  }

  /**
   * A child died of what it was doing.
   *
   * @param notes what that was, in its own words
   * @return the sources that are in quarantine from now on
   */
  synchronized List<String> died(Map<Handling.Work, NotePage.Note> notes, long nowNanos) {
    List<String> sentenced = new ArrayList<>();
    for (String accused : accused(notes)) {
      String participant = participants.get(accused);
      // The note is the child's: it may name anybody, also who is in quarantine already.
      if (participant != null && !suspects.isQuarantined(accused)) {
        nobody = false;
        if (suspects.crashed(accused, participant, nowNanos)) {
          sentenced.add(accused);
        }
      }
    }
    return sentenced;
  }

  private static List<String> accused(Map<Handling.Work, NotePage.Note> notes) {
    List<String> accused = new ArrayList<>();
    notes.forEach(
        (work, note) -> {
          if (work != Handling.Work.DRAWING && !accused.contains(note.sourceId())) {
            accused.add(note.sourceId());
          }
        });
    NotePage.Note drawn = notes.get(Handling.Work.DRAWING);
    if (accused.isEmpty() && drawn != null) {
      accused.add(drawn.sourceId());
    }
    return accused;
  }

  /** A source shows something else; returns whether it is let in again. */
  synchronized boolean renewed(String sourceId) {
    String participant = participants.get(sourceId);
    return participant != null && suspects.renewed(sourceId, participant);
  }

  synchronized boolean holds(String sourceId) {
    return suspects.isQuarantined(sourceId);
  }

  /** Whether a frame of that source may go to a child. */
  boolean passes(String sourceId, long nowNanos) {
    if (nobody) {
      return true;
    }
    synchronized (this) {
      return suspects.mayPass(sourceId, nowNanos);
    }
  }
}
