package dev.amphi.cluster.memory;

import dev.amphi.cluster.room.RemovalList;
import dev.amphi.cluster.room.RemovalListContract;

class MemoryRemovalListTest extends RemovalListContract {
  private final MemoryCluster.Memory memory = new MemoryCluster.Memory();

  @Override
  protected RemovalList first() {
    return new MemoryCluster(memory, "a").removals();
  }

  @Override
  protected RemovalList second() {
    return new MemoryCluster(memory, "b").removals();
  }
}
