package dev.amphi.cluster.memory;

import dev.amphi.cluster.room.RoomRegistry;
import dev.amphi.cluster.room.RoomRegistryContract;

class MemoryRoomRegistryTest extends RoomRegistryContract {
  private final MemoryCluster.Memory memory = new MemoryCluster.Memory();
  private final RoomRegistry first = new MemoryCluster(memory, "a").rooms();
  private final RoomRegistry second = new MemoryCluster(memory, "b").rooms();

  @Override
  protected RoomRegistry first() {
    return first;
  }

  @Override
  protected RoomRegistry second() {
    return second;
  }
}
