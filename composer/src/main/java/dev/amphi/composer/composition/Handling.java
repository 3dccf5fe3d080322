package dev.amphi.composer.composition;

/**
 * Hears whose media are being handled by native code right now, so that somebody outside can tell
 * after a crash whose it was. {@link #ends} comes only when it went well. Each piece of work is
 * told by one thread at a time.
 */
public interface Handling {
  /** Tells nobody. */
  Handling NONE =
      new Handling() {
        @Override
        public void begins(Work work, String sourceId) {}

        @Override
        public void ends(Work work) {}
      };

  /** What is done with them. */
  enum Work {
    /** A picture is decoded. */
    PICTURE,
    /** Sound is decoded. */
    SOUND,
    /** A picture is scaled and drawn. */
    DRAWING
  }

  /** That source's media are about to be handled. */
  void begins(Work work, String sourceId);

  /** It went well. */
  void ends(Work work);
}
