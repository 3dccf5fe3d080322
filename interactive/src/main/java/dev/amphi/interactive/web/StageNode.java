package dev.amphi.interactive.web;

import dev.amphi.interactive.api.Admission;
import dev.amphi.interactive.api.ClassDesk;
import dev.amphi.interactive.api.Stage;
import dev.amphi.interactive.api.StageListener;
import dev.amphi.interactive.room.RoomLoop;
import dev.amphi.interactive.room.Rooms;
import dev.amphi.interactive.transport.TransportFactory;
import dev.amphi.interactive.transport.UdpTransportFactory;
import dev.amphi.interactive.transport.port.MediaLoop;
import dev.amphi.interactive.transport.port.MediaLoops;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The stage of one node: rooms, their loops, their doors, and the media port. */
public final class StageNode implements AutoCloseable {
  /** Where the transports bring none; else empty. */
  private final MediaLoops loops;

  private final TransportFactory transports;
  private final Rooms rooms;
  private final InteractiveWeb web;

  private StageNode(
      MediaLoops loops, TransportFactory transports, Rooms rooms, InteractiveWeb web) {
    this.loops = loops;
    this.transports = transports;
    this.rooms = rooms;
    this.web = web;
  }

  /**
   * Starts a stage and opens its media port.
   *
   * @throws IllegalStateException with a sentence for the operator when the port is taken
   */
  public static StageNode create(
      Vertx vertx,
      StageConfig config,
      Admission admission,
      ClassDesk desk,
      StageListener listener) {
    return create(
        vertx,
        config,
        UdpTransportFactory.open(config.mediaPort(), new SecureRandom(), Clock.systemUTC()),
        admission,
        desk,
        listener);
  }

  /** Starts a stage on a media port that was opened before, and closes it with the stage. */
  public static StageNode create(
      Vertx vertx,
      StageConfig config,
      TransportFactory transports,
      Admission admission,
      ClassDesk desk,
      StageListener listener) {
    List<RoomThread> loops = new ArrayList<>();
    MediaLoops own =
        transports.loops().isEmpty() ? MediaLoops.start(config.loops()) : MediaLoops.start(0);
    for (MediaLoop loop : own.all().isEmpty() ? transports.loops() : own.all()) {
      loops.add(new RoomThread(loop));
    }
    Rooms rooms =
        new Rooms(
            List.<RoomLoop>copyOf(loops),
            new SystemClock(),
            new RandomIds(),
            config.limits(),
            transports,
            config.iceServers(),
            admission,
            desk,
            listener,
            config.meter());
    return new StageNode(
        own,
        transports,
        rooms,
        new InteractiveWeb(vertx, rooms, admission, config.offersPerAddress()));
  }

  /** The rooms. */
  public Stage stage() {
    return rooms;
  }

  /** The doors. */
  public InteractiveWeb web() {
    return web;
  }

  /** The UDP port of all media. */
  public int mediaPort() {
    return transports.port();
  }

  @Override
  public void close() {
    rooms.close();
    transports.close();
    loops.close();
  }
}
