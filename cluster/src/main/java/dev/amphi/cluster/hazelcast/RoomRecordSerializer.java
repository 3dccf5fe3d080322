package dev.amphi.cluster.hazelcast;

import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import dev.amphi.cluster.room.RoomRecord;

/** Spells a {@link RoomRecord}. */
final class RoomRecordSerializer implements CompactSerializer<RoomRecord> {
  @Override
  public RoomRecord read(CompactReader in) {
    return new RoomRecord(
        String.valueOf(in.readString("room")),
        String.valueOf(in.readString("owner")),
        in.readInt64("epoch"),
        in.readInt64("renewals"));
  }

  @Override
  public void write(CompactWriter out, RoomRecord room) {
    out.writeString("room", room.roomId());
    out.writeString("owner", room.ownerId());
    out.writeInt64("epoch", room.epoch());
    out.writeInt64("renewals", room.renewals());
  }

  @Override
  public String getTypeName() {
    return "amphi.room";
  }

  @Override
  public Class<RoomRecord> getCompactClass() {
    return RoomRecord.class;
  }
}
