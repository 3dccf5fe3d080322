package dev.amphi.cluster.node;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Chooses the node for a new room: the least busy one that is not draining. */
public final class NodeSelector {
  private static final Comparator<NodeRecord> LEAST_BUSY =
      Comparator.<NodeRecord>comparingInt(node -> (int) (node.load().cpu() * 10))
          .thenComparingInt(node -> node.load().rooms())
          .thenComparingInt(node -> node.load().viewers())
          .thenComparing(NodeRecord::id);

  private NodeSelector() {}

  /** The best node, or empty when all are draining; the same input always gives the same node. */
  public static Optional<NodeRecord> leastBusy(Collection<NodeRecord> nodes) {
    return nodes.stream().filter(node -> !node.load().draining()).min(LEAST_BUSY);
  }
}
