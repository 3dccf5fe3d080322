package dev.amphi.cluster;

import dev.amphi.cluster.node.NodeDirectory;
import dev.amphi.cluster.room.RemovalList;
import dev.amphi.cluster.room.RoomRegistry;

/** The cluster as one node sees it. */
public interface Cluster extends AutoCloseable {
  /** Who is there. */
  NodeDirectory nodes();

  /** Who owns which room. */
  RoomRegistry rooms();

  /** Who was removed from which room. */
  RemovalList removals();

  /** Leaves the cluster; rooms that are still owned wait for their lease to run out. */
  @Override
  void close();
}
