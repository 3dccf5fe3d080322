package dev.amphi.cluster.node;

import java.util.List;
import java.util.Optional;

/** The nodes that are there now. Thread-safe; reads are local and never block. */
public interface NodeDirectory {
  /** This node's own id. */
  String selfId();

  /** Tells the others about this node; called at start and whenever its load changed. */
  void publish(String httpUrl, NodeLoad load);

  /** Every live node that has published itself, by id. */
  List<NodeRecord> nodes();

  /** The live node with this id. */
  default Optional<NodeRecord> node(String id) {
    return nodes().stream().filter(node -> node.id().equals(id)).findFirst();
  }
}
