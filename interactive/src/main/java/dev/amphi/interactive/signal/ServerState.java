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
 * the difference, field by field as a JSON merge patch (RFC 7396). Those inside, who moderate or
 * are on their way to the stage, see more of the room than those outside.
 */
public final class ServerState {
  /**
   * The bodies of one {@code changes} message.
   *
   * @param outside empty where nothing differs for those outside
   */
  public record Changes(String inside, Optional<String> outside) {}

  private final Map<String, ObjectNode> people = new LinkedHashMap<>();
  private ObjectNode room;
  private ObjectNode outside;
  private long version = 1;
  private @Nullable String snapshot;
  private @Nullable String outsideSnapshot;

  /** A room without anybody. */
  public ServerState(RoomStatus status) {
    this(status, false, false);
  }

  /** The same, with its door as it was left. */
  public ServerState(RoomStatus status, boolean locked, boolean waitingRoom) {
    this.room =
        ServerEncoder.room(status, 0).put("locked", locked).put("waiting_room", waitingRoom);
    this.outside = ServerEncoder.outside(room);
  }

  /** Whether the others were told of somebody. */
  public boolean knows(String participantId) {
    return people.containsKey(participantId);
  }

  /** The fields {@code v}, {@code room} and {@code participants}, spelled once per version. */
  public String snapshot(boolean inside) {
    String spelled = inside ? snapshot : outsideSnapshot;
    if (spelled == null) {
      ObjectNode all = JsonNodeFactory.instance.objectNode().put("v", version);
      all.set("room", inside ? room : outside);
      all.putArray("participants").addAll(people.values());
      String object = all.toString();
      spelled = object.substring(1, object.length() - 1);
      if (inside) {
        snapshot = spelled;
      } else {
        outsideSnapshot = spelled;
      }
    }
    return spelled;
  }

  /** A {@code changes} message for somebody who came inside, or went outside, at this version. */
  public String turned(boolean inside) {
    return ServerEncoder.object("changes")
        .put("v", version)
        .set("room", inside ? difference(outside, room) : difference(room, outside))
        .toString();
  }

  /**
   * Goes on to the next version.
   *
   * @param listed who changed and is told of
   * @param unlisted who changed and is only counted from now on; told of a last time when known
   * @param left who is gone, with the reason
   * @return the {@code changes} message, or empty when nothing differs
   */
  public Optional<Changes> advance(
      RoomStatus status,
      int viewers,
      boolean locked,
      boolean waitingRoom,
      List<ServerMessage.Person> listed,
      List<ServerMessage.Person> unlisted,
      Map<String, String> left) {
    ObjectNode next =
        ServerEncoder.room(status, viewers).put("locked", locked).put("waiting_room", waitingRoom);
    ObjectNode nextOutside = ServerEncoder.outside(next);
    ObjectNode changedRoom = difference(room, next);
    ObjectNode changedOutside = difference(outside, nextOutside);
    room = next;
    outside = nextOutside;
    ArrayNode changed = JsonNodeFactory.instance.arrayNode();
    listed.forEach(person -> put(person, changed));
    unlisted.forEach(person -> forget(person, changed));
    ObjectNode gone = JsonNodeFactory.instance.objectNode();
    left.forEach(
        (id, reason) -> {
          if (people.remove(id) != null) {
            gone.put(id, reason);
          }
        });
    if (changedRoom.isEmpty() && changed.isEmpty() && gone.isEmpty()) {
      return Optional.empty();
    }
    version++;
    snapshot = null;
    outsideSnapshot = null;
    Optional<String> inside = changes(changedRoom, changed, gone);
    return Optional.of(
        new Changes(
            inside.orElseThrow(),
            changedOutside.equals(changedRoom) ? inside : changes(changedOutside, changed, gone)));
  }

  private Optional<String> changes(ObjectNode changedRoom, ArrayNode changed, ObjectNode gone) {
    ObjectNode changes = ServerEncoder.object("changes").put("v", version);
    if (!changedRoom.isEmpty()) {
      changes.set("room", changedRoom);
    }
    if (!changed.isEmpty()) {
      changes.set("participants", changed);
    }
    if (!gone.isEmpty()) {
      changes.set("left", gone);
    }
    return changes.size() > 2 ? Optional.of(changes.toString()) : Optional.empty();
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
