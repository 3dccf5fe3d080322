package dev.amphi.composer.slides;

/** A PDF cannot be shown; says why in a sentence for the person who brought it. */
public final class SlidesRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Reason {
    /** No PDF, or one that cannot be read. */
    NOT_A_PDF("This file is not a PDF that can be read: export the slides as PDF again."),
    /** It has no page. */
    EMPTY("This PDF has no pages."),
    /** It opens with a password only. */
    ENCRYPTED("This PDF needs a password: export it again without one."),
    /** Larger than is taken. */
    TOO_LARGE("This PDF is too large: at most 50 MB are taken. Make its pictures smaller."),
    /** More pages than are drawn. */
    TOO_MANY_PAGES("This PDF has more than 300 pages: drop a part of it."),
    /** Its pages took longer, or more memory, than is given. */
    TOO_HEAVY("No page of this PDF could be drawn in time: export it in a simpler form."),
    /** The machine failed, not the file. */
    UNAVAILABLE("The slides cannot be drawn at the moment: try again.");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    /** For the person who brought the file. */
    public String sentence() {
      return sentence;
    }
  }

  private final Reason reason;

  public SlidesRefused(Reason reason) {
    super(reason.sentence());
    this.reason = reason;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
