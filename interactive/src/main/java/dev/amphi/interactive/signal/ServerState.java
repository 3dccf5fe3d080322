package dev.amphi.interactive.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amphi.interactive.api.RoomStatus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The room as everybody was told it: a snapshot with a version, and from one version to the next
 * the difference, field by field as a JSON merge patch (RFC 7396). Who moderates sees more of the
 * room than who is on stage, and those more than the audience.
 */
public final class ServerState {
  /** The room as somebody sees it at some version; the same for all who see the same of it. */
  public static final class View {
    private final ObjectNode room;
    private long spelledAt;
    private String spelled = "";

    private View(ObjectNode room) {
      this.room = room;
    }
  }

  private final Map<String, ObjectNode> people = new LinkedHashMap<>();
  private View moderating;
  private View outside;
  private long version = 1;

  /** A room without anybody. */
  public ServerState(RoomStatus status) {
    this(status, false, false);
  }

  /** The same, with its door as it was left. */
  public ServerState(RoomStatus status, boolean locked, boolean waitingRoom) {
    ObjectNode room =
        RoomFields.room(status, 0).put("locked", locked).put("waiting_room", waitingRoom);
    this.moderating = new View(room);
    this.outside = new View(RoomFields.outside(room));
  }

  /** Whether the others were told of somebody. */
  public boolean knows(String participantId) {
    return people.containsKey(participantId);
  }

  /** The whole room, as who moderates sees it. */
  public View moderating() {
    return moderating;
  }

  /** The room as somebody sees it who is on the way to the stage, or there. */
  public View onStage(String participantId, Set<String> trackIds) {
    return new View(RoomFields.onStage(moderating.room, participantId, trackIds));
  }

  /** The room as the audience sees it. */
  public View outside() {
    return outside;
  }

  /** The fields {@code v}, {@code room} and {@code participants}, spelled once per version. */
  public String snapshot(View view) {
    if (view.spelledAt != version) {
      ObjectNode all = JsonNodeFactory.instance.objectNode().put("v", version);
      all.set("room", view.room);
      all.putArray("participants").addAll(people.values());
      String object = all.toString();
      view.spelled = object.substring(1, object.length() - 1);
      view.spelledAt = version;
    }
    return view.spelled;
  }

  /**
   * Goes on to the next version, if anything differs.
   *
   * @param listed who changed and is told of
   * @param unlisted who changed and is only counted from now on; told of a last time when known
   * @param left who is gone, with the reason
   */
  public Changes advance(
      RoomStatus status,
      int viewers,
      boolean locked,
      boolean waitingRoom,
      List<ServerMessage.Person> listed,
      List<ServerMessage.Person> unlisted,
      Map<String, String> left) {
    View before = outside;
    ObjectNode next =
        RoomFields.room(status, viewers).put("locked", locked).put("waiting_room", waitingRoom);
    boolean changedRoom = !next.equals(moderating.room);
    moderating = changedRoom ? new View(next) : moderating;
    ObjectNode nextOutside = RoomFields.outside(next);
    outside = nextOutside.equals(outside.room) ? outside : new View(nextOutside);
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
    if (changedRoom || !changed.isEmpty() || !gone.isEmpty()) {
      version++;
    }
    return new Changes(before, changed, gone);
  }

  /** What differs, as {@code changes} messages: spelled once for all who see the same. */
  public final class Changes {
    private record Step(View before, View now) {}

    private final View outsideBefore;
    private final ArrayNode changed;
    private final ObjectNode gone;
    private final Map<Step, Optional<String>> spelled = new HashMap<>();

    private Changes(View outsideBefore, ArrayNode changed, ObjectNode gone) {
      this.outsideBefore = outsideBefore;
      this.changed = changed;
      this.gone = gone;
    }

    /**
     * The message for somebody; empty when nothing differs.
     *
     * @param before what it was told last; null when nothing, as the audience was
     * @param now what it sees from now on
     */
    public Optional<String> of(@Nullable View before, View now) {
      View last = before == null ? outsideBefore : before;
      return spelled.computeIfAbsent(
          new Step(last, now), step -> changes(difference(last.room, now.room), changed, gone));
    }
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
