package dev.amphi.cluster.hazelcast;

import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import dev.amphi.cluster.node.NodeLoad;
import dev.amphi.cluster.node.NodeRecord;

/** Spells a {@link NodeRecord}. */
final class NodeRecordSerializer implements CompactSerializer<NodeRecord> {
  @Override
  public NodeRecord read(CompactReader in) {
    var load =
        new NodeLoad(
            in.readFloat64("cpu"),
            in.readInt32("rooms"),
            in.readInt32("participants"),
            in.readInt32("viewers"),
            in.readBoolean("draining"));
    return new NodeRecord(
        String.valueOf(in.readString("id")), String.valueOf(in.readString("http_url")), load);
  }

  @Override
  public void write(CompactWriter out, NodeRecord node) {
    out.writeString("id", node.id());
    out.writeString("http_url", node.httpUrl());
    out.writeFloat64("cpu", node.load().cpu());
    out.writeInt32("rooms", node.load().rooms());
    out.writeInt32("participants", node.load().participants());
    out.writeInt32("viewers", node.load().viewers());
    out.writeBoolean("draining", node.load().draining());
  }

  @Override
  public String getTypeName() {
    return "amphi.node";
  }

  @Override
  public Class<NodeRecord> getCompactClass() {
    return NodeRecord.class;
  }
}
