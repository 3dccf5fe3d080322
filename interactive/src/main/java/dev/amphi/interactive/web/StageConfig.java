package dev.amphi.interactive.web;

import dev.amphi.interactive.api.IceServers;
import dev.amphi.interactive.room.RoomLimits;

/**
 * How a node's stage is set up.
 *
 * @param mediaPort the one UDP port for all media; 0 lets the system choose
 * @param loops how many loops the rooms are spread over
 * @param limits how much one room may hold
 * @param iceServers the relays that are told to those who publish
 */
public record StageConfig(int mediaPort, int loops, RoomLimits limits, IceServers iceServers) {
  /** Loops for this machine, and limits that a node bears. */
  public static StageConfig onPort(int mediaPort) {
    int loops = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 16);
    return new StageConfig(mediaPort, loops, RoomLimits.DEFAULT, IceServers.NONE);
  }

  /** The same, with relays. */
  public StageConfig with(IceServers relays) {
    return new StageConfig(mediaPort, loops, limits, relays);
  }
}
