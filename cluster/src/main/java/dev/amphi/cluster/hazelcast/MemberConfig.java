package dev.amphi.cluster.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.ReplicatedMapConfig;
import com.hazelcast.config.SerializationConfig;

/** Turns {@link MemberSettings} into Hazelcast's configuration; a pure function. */
final class MemberConfig {
  static final String ROOMS = "amphi.rooms";
  static final String REMOVALS = "amphi.removals";
  static final String TAKEN_BACK = "amphi.removals.taken-back";
  static final String NODES = "amphi.nodes";

  private MemberConfig() {}

  static Config of(MemberSettings settings) {
    Config config = Config.loadFromString("hazelcast: {}");
    config.setClusterName(settings.clusterName());
    config.setNetworkConfig(network(settings));
    config.setSerializationConfig(serialization());
    config.addMapConfig(
        new MapConfig(ROOMS).setBackupCount(1).setInMemoryFormat(InMemoryFormat.OBJECT));
    // A node that joins knows all of it before it opens a door.
    config.addReplicatedMapConfig(new ReplicatedMapConfig(REMOVALS).setAsyncFillup(false));
    config.addReplicatedMapConfig(new ReplicatedMapConfig(TAKEN_BACK).setAsyncFillup(false));
    config.getJetConfig().setEnabled(false);
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.max.no.heartbeat.seconds", "10");
    config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    // Two rooms a second would be many: a handful of threads is enough on a small node.
    config.setProperty("hazelcast.operation.thread.count", "2");
    config.setProperty("hazelcast.operation.generic.thread.count", "2");
    config.setProperty("hazelcast.io.thread.count", "1");
    config.setProperty("hazelcast.event.thread.count", "1");
    config.setProperty("hazelcast.partition.count", "31");
    return config;
  }

  private static NetworkConfig network(MemberSettings settings) {
    NetworkConfig network = new NetworkConfig();
    network.setPort(settings.port()).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface(settings.bindAddress());
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(2);
    settings.members().forEach(join.getTcpIpConfig()::addMember);
    return network;
  }

  /**
   * Members exchange numbered and compact records; Java serialization is left to Hazelcast's own
   * exceptions.
   */
  private static SerializationConfig serialization() {
    SerializationConfig serialization = new SerializationConfig();
    serialization.addDataSerializableFactory(RecordFactory.FACTORY_ID, new RecordFactory());
    serialization.getCompactSerializationConfig().addSerializer(new RoomRecordSerializer());
    serialization.getCompactSerializationConfig().addSerializer(new NodeRecordSerializer());
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter.setDefaultsDisabled(true);
    filter.getWhitelist().addPrefixes("com.hazelcast.", "java.lang.");
    serialization.setJavaSerializationFilterConfig(filter);
    return serialization;
  }
}
