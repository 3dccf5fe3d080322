package dev.amphi.interactive.api;

import java.util.Locale;
import java.util.Optional;

/** What a participant may do in a room; the wire name is the lower-case name. */
public enum Role {
  INSTRUCTOR,
  MODERATOR,
  STUDENT,
  VIEWER;

  /** The name used in tokens, JSON and logs. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role with this wire name, or empty when there is none. */
  public static Optional<Role> fromWireName(String wireName) {
    for (Role role : values()) {
      if (role.wireName().equals(wireName)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  /** Instructors and moderators decide who is on stage. */
  public boolean moderates() {
    return this == INSTRUCTOR || this == MODERATOR;
  }

  /** Only those who hold a stage role may publish without being brought on stage. */
  public boolean startsOnStage() {
    return this == INSTRUCTOR || this == STUDENT;
  }
}
