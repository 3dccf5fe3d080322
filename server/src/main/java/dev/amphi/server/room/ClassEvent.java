package dev.amphi.server.room;

/** What can happen to a class. */
public enum ClassEvent {
  /** The doors open: people may come in. */
  OPEN,
  /** The program goes to the audience, for the first time or again. */
  GO_LIVE,
  /** The audience sees a slate until the class goes live again. */
  INTERRUPT,
  /** The class is over for everybody. */
  END,
  /** The recordings are being made into files. */
  PROCESS,
  /** Everything that remains of the class can be watched. */
  PUBLISH,
  /** The class does not take place. */
  CANCEL;

  /** What the class does then, as in "it cannot go live". */
  String verb() {
    return switch (this) {
      case OPEN -> "open its doors";
      case GO_LIVE -> "go live";
      case INTERRUPT -> "be interrupted: it is not live";
      case END -> "end";
      case PROCESS, PUBLISH -> "be published";
      case CANCEL -> "be cancelled";
    };
  }
}
