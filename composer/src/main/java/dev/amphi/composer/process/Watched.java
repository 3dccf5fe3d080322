package dev.amphi.composer.process;

import dev.amphi.composer.composition.Handling;
import java.util.List;
import java.util.Map;

/** A child as its watchdog sees it. */
interface Watched {
  boolean isAlive();

  /** Whether somebody has stopped it, so that it cannot go on with what it noted. */
  boolean isStopped();

  /** Whose media it is handling. */
  Map<Handling.Work, NotePage.Note> notes();

  /** What its threads do; none where the system does not tell. */
  List<ThreadTime> threads();

  /** Memory in RAM, or 0 where the system does not tell. */
  long residentBytes();

  /** Ends it at once, for a reason, with what is held against those whose media it has. */
  void kill(String reason, Map<Handling.Work, NotePage.Note> evidence);
}
