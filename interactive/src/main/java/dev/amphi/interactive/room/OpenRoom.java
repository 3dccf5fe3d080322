package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.RoomStatus;

/** A room with all that acts on it. */
record OpenRoom(
    Room room,
    Door door,
    StageMedia media,
    Moderation moderation,
    Commands commands,
    PathSampler sampler) {
  static OpenRoom of(
      RoomStatus status, Decisions before, RoomContext context, HttpMediaTable overHttp) {
    Room room = new Room(status, before, context, overHttp);
    StageMedia media = new StageMedia(room);
    Door door = new Door(room);
    Moderation moderation = new Moderation(room, media);
    return new OpenRoom(
        room,
        door,
        media,
        moderation,
        new Commands(room, door, media, moderation),
        new PathSampler(room));
  }
}
