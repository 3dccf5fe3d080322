package dev.amphi.interactive.api;

import java.util.Locale;

/**
 * Whether somebody may be seen and heard in the program, and so in its recording. It is each
 * person's own word; see {@code docs/consent.md}.
 */
public enum Consent {
  /** Never asked, or never answered, as by a broadcast tool: holds as given. */
  UNSTATED,
  /** Said yes. */
  GIVEN,
  /** Said no, at the door or later. */
  DECLINED,
  /** The token says no for this person, whatever the person says. */
  FORBIDDEN;

  /** The name used in JSON. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether picture and sound may go into the program. */
  public boolean allows() {
    return this == UNSTATED || this == GIVEN;
  }
}
