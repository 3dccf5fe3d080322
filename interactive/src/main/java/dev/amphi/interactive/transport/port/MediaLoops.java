package dev.amphi.interactive.transport.port;

import java.util.ArrayList;
import java.util.List;

/** A node's loops, named {@code room-loop-n}. */
public final class MediaLoops implements AutoCloseable {
  private final List<NettyLoop> all;

  private MediaLoops(List<NettyLoop> all) {
    this.all = List.copyOf(all);
  }

  /** Starts so many. */
  public static MediaLoops start(int count) {
    List<NettyLoop> loops = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      loops.add(new NettyLoop(i, "room-loop-" + i));
    }
    return new MediaLoops(loops);
  }

  /** As many as suit this machine. */
  public static int suitable() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 16);
  }

  /** All of them. */
  public List<? extends MediaLoop> all() {
    return all;
  }

  List<NettyLoop> netty() {
    return all;
  }

  @Override
  public void close() {
    all.forEach(NettyLoop::close);
  }
}
