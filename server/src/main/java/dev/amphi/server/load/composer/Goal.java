package dev.amphi.server.load.composer;

/**
 * What was wanted of the composer, and what came of it.
 *
 * @param words what was wanted
 * @param figure what was measured, in words
 */
record Goal(String words, String figure, Verdict verdict) {
  /** What came of a goal. */
  enum Verdict {
    MET("met"),
    MISSED("missed"),
    /** It was measured while the program went without something, so that it says nothing. */
    NO_COMPARISON("no comparison"),
    NOT_MEASURED("not measured");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** As people write it. */
    String words() {
      return words;
    }
  }

  static Goal notMeasured(String words) {
    return new Goal(words, "-", Verdict.NOT_MEASURED);
  }

  static Goal of(String words, String figure, boolean met) {
    return new Goal(words, figure, met ? Verdict.MET : Verdict.MISSED);
  }

  static Goal noComparison(String words, String why) {
    return new Goal(words, why, Verdict.NO_COMPARISON);
  }
}
