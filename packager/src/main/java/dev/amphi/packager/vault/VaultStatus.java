package dev.amphi.packager.vault;

/**
 * How it goes with the store.
 *
 * @param waitingBytes on this disk only, as far as was looked
 * @param failures since the start
 * @param lastSuccessMillis wall clock of the last transfer that came through; 0 for none
 * @param problem why nothing can be brought now, for people; "" when it can
 */
public record VaultStatus(
    long waitingBytes, long failures, long lastSuccessMillis, String problem) {}
