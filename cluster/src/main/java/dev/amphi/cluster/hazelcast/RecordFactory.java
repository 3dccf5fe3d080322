package dev.amphi.cluster.hazelcast;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Makes the few classes that members send each other by number, never by name. */
final class RecordFactory implements DataSerializableFactory {
  static final int FACTORY_ID = 1001;

  @Override
  public IdentifiedDataSerializable create(int classId) {
    if (classId == RoomChange.CLASS_ID) {
      return new RoomChange();
    }
    throw new IllegalArgumentException("There is no class with the number " + classId + ".");
  }
}
