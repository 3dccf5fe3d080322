package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.RoomStatus;
import java.util.function.Consumer;

/** A room with all that acts on it. */
record OpenRoom(Room room, Door door, StageMedia media, Commands commands, PathSampler sampler) {
  static OpenRoom of(
      RoomStatus status, Decisions before, RoomContext context, Consumer<String> onRemoved) {
    Room room = new Room(status, before, context, onRemoved);
    StageMedia media = new StageMedia(room);
    return new OpenRoom(
        room, new Door(room), media, new Commands(room, media), new PathSampler(room));
  }
}
