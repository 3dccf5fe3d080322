package dev.amphi.server.token;

/**
 * A secret that signs room tokens, known by its id, with the one algorithm HS256.
 *
 * @param development made by the node itself and accepted on loopback only
 */
public record ApiKey(String id, String secret, boolean development) {
  /** The id of the key that a node makes for itself at its first start. */
  public static final String DEVELOPMENT_ID = "devkey";

  /** Never prints the secret. */
  @Override
  public String toString() {
    return "ApiKey[" + id + "]";
  }
}
