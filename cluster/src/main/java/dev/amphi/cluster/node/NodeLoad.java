package dev.amphi.cluster.node;

/**
 * How busy a node is.
 *
 * @param cpu share of all cores in use, 0 to 1
 * @param rooms rooms that it owns
 * @param participants on its stages
 * @param viewers that it serves
 * @param draining takes no new rooms
 */
public record NodeLoad(double cpu, int rooms, int participants, int viewers, boolean draining) {
  /** Nothing to do. */
  public static final NodeLoad IDLE = new NodeLoad(0, 0, 0, 0, false);
}
