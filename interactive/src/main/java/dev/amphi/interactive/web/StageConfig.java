package dev.amphi.interactive.web;

import dev.amphi.interactive.api.IceServers;
import dev.amphi.interactive.api.StageMeter;
import dev.amphi.interactive.room.RoomLimits;

/**
 * How a node's stage is set up.
 *
 * @param mediaPort the one UDP port for all media; 0 lets the system choose
 * @param loops how many loops the rooms are spread over
 * @param limits how much one room may hold
 * @param iceServers the relays that are told to those who publish
 * @param meter hears what becomes of peer connections
 * @param offersPerAddress how many offers one address may post over HTTP in 10 seconds
 */
public record StageConfig(
    int mediaPort,
    int loops,
    RoomLimits limits,
    IceServers iceServers,
    StageMeter meter,
    int offersPerAddress) {
  /** A whole school may come from one address. */
  public static final int OFFERS_PER_ADDRESS = 300;

  /** Loops for this machine, and limits that a node bears. */
  public static StageConfig onPort(int mediaPort) {
    int loops = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 16);
    return new StageConfig(
        mediaPort, loops, RoomLimits.DEFAULT, IceServers.NONE, StageMeter.NONE, OFFERS_PER_ADDRESS);
  }

  /** The same, with relays. */
  public StageConfig with(IceServers relays) {
    return new StageConfig(mediaPort, loops, limits, relays, meter, offersPerAddress);
  }

  /** The same, with somebody who measures. */
  public StageConfig with(StageMeter measuring) {
    return new StageConfig(mediaPort, loops, limits, iceServers, measuring, offersPerAddress);
  }

  /** The same, with other limits. */
  public StageConfig with(RoomLimits others, int offers) {
    return new StageConfig(mediaPort, loops, others, iceServers, meter, offers);
  }
}
