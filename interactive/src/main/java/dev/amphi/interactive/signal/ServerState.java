package dev.amphi.interactive.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amphi.interactive.api.RoomStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The room as everybody was told it: a snapshot with a version, and from one version to the next
 * the difference, field by field as a JSON merge patch (RFC 7396).
 */
public final class ServerState {
  private final Map<String, ObjectNode> people = new LinkedHashMap<>();
  private ObjectNode room;
  private long version = 1;
  private @Nullable String snapshot;

  /** A room without anybody. */
  public ServerState(RoomStatus status) {
    this(status, false, false);
  }

  /** The same, with its door as it was left. */
  public ServerState(RoomStatus status, boolean locked, boolean waitingRoom) {
    this.room =
        ServerEncoder.room(status, 0).put("locked", locked).put("waiting_room", waitingRoom);
  }

  /** Whether the others were told of somebody. */
  public boolean knows(String participantId) {
    return people.containsKey(participantId);
  }

  /** The fields {@code v}, {@code room} and {@code participants}, spelled once per version. */
  public String snapshot() {
    if (snapshot == null) {
      ObjectNode all = JsonNodeFactory.instance.objectNode().put("v", version);
      all.set("room", room);
      all.putArray("participants").addAll(people.values());
      String object = all.toString();
      snapshot = object.substring(1, object.length() - 1);
    }
    return snapshot;
  }

  /**
   * Goes on to the next version.
   *
   * @param listed who changed and is told of
   * @param unlisted who changed and is only counted from now on; told of a last time when known
   * @param left who is gone, with the reason
   * @return the body of the {@code changes} message, or empty when nothing differs
   */
  public Optional<String> advance(
      RoomStatus status,
      int viewers,
      boolean locked,
      boolean waitingRoom,
      List<ServerMessage.Person> listed,
      List<ServerMessage.Person> unlisted,
      Map<String, String> left) {
    ObjectNode changes = ServerEncoder.object("changes").put("v", version + 1);
    ObjectNode next =
        ServerEncoder.room(status, viewers).put("locked", locked).put("waiting_room", waitingRoom);
    ObjectNode changedRoom = difference(room, next);
    room = next;
    if (!changedRoom.isEmpty()) {
      changes.set("room", changedRoom);
    }
    ArrayNode changed = JsonNodeFactory.instance.arrayNode();
    listed.forEach(person -> put(person, changed));
    unlisted.forEach(person -> forget(person, changed));
    if (!changed.isEmpty()) {
      changes.set("participants", changed);
    }
    ObjectNode gone = JsonNodeFactory.instance.objectNode();
    left.forEach(
        (id, reason) -> {
          if (people.remove(id) != null) {
            gone.put(id, reason);
          }
        });
    if (!gone.isEmpty()) {
      changes.set("left", gone);
    }
    if (changedRoom.isEmpty() && changed.isEmpty() && gone.isEmpty()) {
      return Optional.empty();
    }
    version++;
    snapshot = null;
    return Optional.of(changes.toString());
  }

  private void put(ServerMessage.Person person, ArrayNode changed) {
    ObjectNode now = ServerEncoder.person(person);
    ObjectNode before = people.put(person.view().id(), now);
    add(person, before == null ? now : difference(before, now), changed);
  }

  private void forget(ServerMessage.Person person, ArrayNode changed) {
    ObjectNode before = people.remove(person.view().id());
    if (before != null) {
      add(person, difference(before, ServerEncoder.person(person)), changed);
    }
  }

  private static void add(ServerMessage.Person person, ObjectNode patch, ArrayNode changed) {
    if (!patch.isEmpty()) {
      ObjectNode named = JsonNodeFactory.instance.objectNode().put("id", person.view().id());
      changed.add(named.setAll(patch));
    }
  }

  /** What has to be merged into {@code before} to make {@code after}; null where a field goes. */
  private static ObjectNode difference(ObjectNode before, ObjectNode after) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : after.properties()) {
      if (!field.getValue().equals(before.get(field.getKey()))) {
        patch.set(field.getKey(), field.getValue());
      }
    }
    for (Map.Entry<String, JsonNode> field : before.properties()) {
      if (!after.has(field.getKey())) {
        patch.putNull(field.getKey());
      }
    }
    return patch;
  }
}
