package dev.amphi.server.room;

import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.Role;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Spells and reads {@link Decisions} as fields of a room's file; ids hold no comma. */
final class KeptDecisions {
  private static final String ROLE = "role.";

  private KeptDecisions() {}

  static void write(Decisions decisions, Properties fields) {
    fields.setProperty("locked", String.valueOf(decisions.locked()));
    fields.setProperty("waiting_room", String.valueOf(decisions.waitingRoom()));
    decisions.roles().forEach((id, role) -> fields.setProperty(ROLE + id, role.wireName()));
    fields.setProperty("admitted", list(decisions.admitted()));
    fields.setProperty("sent_off", list(decisions.sentOff()));
    fields.setProperty("removed", list(decisions.removed()));
    fields.setProperty("declined", list(decisions.declined()));
  }

  static Decisions read(Properties fields) {
    Map<String, Role> roles = new HashMap<>();
    for (String key : fields.stringPropertyNames()) {
      if (key.startsWith(ROLE)) {
        Role.fromWireName(fields.getProperty(key))
            .ifPresent(role -> roles.put(key.substring(ROLE.length()), role));
      }
    }
    return new Decisions(
        Boolean.parseBoolean(fields.getProperty("locked")),
        Boolean.parseBoolean(fields.getProperty("waiting_room")),
        roles,
        set(fields, "admitted"),
        set(fields, "sent_off"),
        set(fields, "removed"),
        set(fields, "declined"));
  }

  static String list(Set<String> ids) {
    return String.join(",", new TreeSet<>(ids));
  }

  static Set<String> set(Properties fields, String key) {
    return Arrays.stream(fields.getProperty(key, "").split(",", -1))
        .filter(id -> !id.isEmpty())
        .collect(Collectors.toSet());
  }
}
