package dev.amphi.packager.vault;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An object store did not do what was asked; the sentence is for people and holds no secret. */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** It cannot be reached, or has too much to do: it is tried again. */
    AWAY,
    /** It knows neither the key nor the bucket, or forbids it: somebody has to do something. */
    REFUSED,
    /** There is no such object or upload. */
    MISSING,
    /** It has other bytes than those that were sent. */
    DAMAGED
  }

  private final Kind kind;

  /**
   * @param sentence a part of one, without a full stop
   */
  public StoreException(Kind kind, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.kind = kind;
  }

  public StoreException(Kind kind, String sentence) {
    this(kind, sentence, null);
  }

  public Kind kind() {
    return kind;
  }
}
