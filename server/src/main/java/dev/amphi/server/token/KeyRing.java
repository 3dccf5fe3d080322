package dev.amphi.server.token;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The API keys that this node accepts. */
public final class KeyRing {
  private final Map<String, ApiKey> keys;

  /** The ids must be unique. */
  public KeyRing(Collection<ApiKey> keys) {
    this.keys = keys.stream().collect(Collectors.toMap(ApiKey::id, Function.identity()));
  }

  /** The key with this id. */
  public Optional<ApiKey> key(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** The development key, where this node accepts it. */
  public Optional<ApiKey> development() {
    return keys.values().stream().filter(ApiKey::development).findAny();
  }

  /** Whether nobody can be admitted with a token. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }
}
