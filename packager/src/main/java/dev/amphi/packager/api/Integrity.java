package dev.amphi.packager.api;

/**
 * Whether a recording is what was recorded.
 *
 * @param state {@code whole}; {@code open} when it is whole so far and not ended; {@code broken};
 *     or {@code unlinked} when an earlier version wrote it, so that nothing shows what was cut out
 * @param detail where it is broken, or what is missing; empty otherwise
 * @param seal the last link of its journal, 64 hexadecimal digits: whoever keeps it elsewhere can
 *     tell later that this recording is still the same
 */
public record Integrity(String state, String detail, String seal) {
  public static final String WHOLE = "whole";
  public static final String OPEN = "open";
  public static final String BROKEN = "broken";
  public static final String UNLINKED = "unlinked";
}
