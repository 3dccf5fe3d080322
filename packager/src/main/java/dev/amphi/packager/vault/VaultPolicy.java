package dev.amphi.packager.vault;

import java.time.Duration;

/**
 * How recordings are brought to a store.
 *
 * @param prefix what the names of all objects begin with; "" or with a slash at its end
 * @param keepLocal whether media stays on this disk too
 * @param slice what is recorded is brought at least so often
 * @param takeOver another node's recordings are this one's when that was silent for so long
 */
public record VaultPolicy(String prefix, boolean keepLocal, Duration slice, Duration takeOver) {
  /** A slice every ten seconds; a node is gone after three minutes. */
  public static VaultPolicy of(String prefix, boolean keepLocal) {
    return new VaultPolicy(prefix, keepLocal, Duration.ofSeconds(10), Duration.ofMinutes(3));
  }
}
