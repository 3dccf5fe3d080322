package dev.amphi.cluster.hazelcast;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.amphi.cluster.room.RoomRecord;
import java.io.IOException;
import java.util.Map.Entry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One rule of {@link RoomRecord}, carried to the member that holds the room's entry and applied
 * there atomically. Answers the new record, or null when the rule refused.
 */
final class RoomChange
    implements EntryProcessor<String, RoomRecord, @Nullable RoomRecord>,
        IdentifiedDataSerializable {
  static final int CLASS_ID = 1;

  /** Which rule. */
  enum Rule {
    CLAIM(1),
    TAKE_OVER(2),
    RENEW(3),
    RELEASE(4);

    /** Its number on the wire between members. */
    private final byte number;

    Rule(int number) {
      this.number = (byte) number;
    }

    private static Rule numbered(byte number) throws IOException {
      for (Rule rule : values()) {
        if (rule.number == number) {
          return rule;
        }
      }
      throw new IOException("A room change has the unknown rule " + number + ".");
    }
  }

  private static final long serialVersionUID = 1L;

  private Rule rule;
  private String nodeId;
  private String seenOwnerId;
  private long seenEpoch;
  private long seenRenewals;

  /** For deserialization only. */
  RoomChange() {
    this(Rule.CLAIM, "", RoomRecord.unowned(""));
  }

  /** {@code observed} is the record that was seen (take-over), or holds the epoch that is held. */
  RoomChange(Rule rule, String nodeId, RoomRecord observed) {
    this.rule = rule;
    this.nodeId = nodeId;
    this.seenOwnerId = observed.ownerId();
    this.seenEpoch = observed.epoch();
    this.seenRenewals = observed.renewals();
  }

  @Override
  public @Nullable RoomRecord process(Entry<String, RoomRecord> entry) {
    RoomRecord held = entry.getValue();
    RoomRecord room = held == null ? RoomRecord.unowned(entry.getKey()) : held;
    RoomRecord next = apply(room).orElse(null);
    if (next != null) {
      entry.setValue(next);
    }
    return next;
  }

  private Optional<RoomRecord> apply(RoomRecord room) {
    return switch (rule) {
      case CLAIM -> room.claimedBy(nodeId);
      case TAKE_OVER ->
          room.takenOverBy(
              nodeId, new RoomRecord(room.roomId(), seenOwnerId, seenEpoch, seenRenewals));
      case RENEW -> room.renewedBy(nodeId, seenEpoch);
      case RELEASE -> room.releasedBy(nodeId, seenEpoch);
    };
  }

  @Override
  public int getFactoryId() {
    return RecordFactory.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return CLASS_ID;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeByte(rule.number);
    out.writeString(nodeId);
    out.writeString(seenOwnerId);
    out.writeLong(seenEpoch);
    out.writeLong(seenRenewals);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    rule = Rule.numbered(in.readByte());
    nodeId = String.valueOf(in.readString());
    seenOwnerId = String.valueOf(in.readString());
    seenEpoch = in.readLong();
    seenRenewals = in.readLong();
  }
}
