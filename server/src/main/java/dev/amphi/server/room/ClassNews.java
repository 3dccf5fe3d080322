package dev.amphi.server.room;

import dev.amphi.interactive.api.RoomStatus;

/** Hears where a class stands whenever that changes; must not block. */
public interface ClassNews {
  /** The class is now as {@code room} says; told on the class's own thread. */
  void became(RoomStatus room);

  /** Nobody listens. */
  ClassNews NONE = room -> {};
}
