package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.RoomStatus;

/** A room with all that acts on it. */
record OpenRoom(Room room, Door door, StageMedia media, Commands commands, PathSampler sampler) {
  static OpenRoom of(
      RoomStatus status, Decisions before, RoomContext context, HttpMediaTable overHttp) {
    Room room = new Room(status, before, context, overHttp);
    StageMedia media = new StageMedia(room);
    Door door = new Door(room);
    return new OpenRoom(room, door, media, new Commands(room, door, media), new PathSampler(room));
  }
}
