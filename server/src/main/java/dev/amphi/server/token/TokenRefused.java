package dev.amphi.server.token;

/** A token that is not accepted; why is not told to the bearer, but for an honest expiry. */
public final class TokenRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** The one answer for everything that is wrong with a token. */
  public static final String SENTENCE =
      "The token is not valid here: ask whoever runs the class for a new link.";

  /** The answer for a token that was good and is too old. */
  public static final String EXPIRED_SENTENCE =
      "The token has expired: ask whoever runs the class for a new link.";

  private final boolean expired;

  private TokenRefused(boolean expired) {
    super(expired ? EXPIRED_SENTENCE : SENTENCE);
    this.expired = expired;
  }

  static TokenRefused invalid() {
    return new TokenRefused(false);
  }

  static TokenRefused expired() {
    return new TokenRefused(true);
  }

  /** Whether all was right but the time. */
  public boolean isExpired() {
    return expired;
  }
}
