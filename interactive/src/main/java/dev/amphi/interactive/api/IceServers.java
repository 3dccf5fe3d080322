package dev.amphi.interactive.api;

import java.util.List;

/** Whoever knows the servers that help a participant through its network. Thread-safe. */
@FunctionalInterface
public interface IceServers {
  /** No help but what the node's own addresses give. */
  IceServers NONE = user -> List.of();

  /**
   * The servers for one participant, with credentials made now; only asked for somebody who may
   * publish, so that nobody relays through them who just watches.
   *
   * @param user the participant, unlike any other of the node ({@code room/id}): part of the
   *     credentials, for the relay's log and its quotas
   */
  List<IceServer> of(String user);
}
