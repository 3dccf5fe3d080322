package dev.amphi.server.load.sfu;

import dev.amphi.server.load.LoadFailed;
import java.util.List;

/**
 * The queue between a core that sends and the one that receives: longer while it is open, because
 * what overflows there would be a loss that no server made. A setting of the whole machine.
 */
final class Backlog implements AutoCloseable {
  private static final String SETTING = "/proc/sys/net/core/netdev_max_backlog";
  private static final int PACKETS = 20_000;

  private final String before;

  private Backlog(String before) {
    this.before = before;
  }

  static Backlog lengthen() throws LoadFailed, InterruptedException {
    // By commands, because the kernel takes and gives a setting in one piece only.
    Backlog backlog = new Backlog(Shell.run(List.of("cat", SETTING)));
    set(Integer.toString(PACKETS));
    return backlog;
  }

  private static void set(String packets) throws LoadFailed, InterruptedException {
    Shell.run(List.of("sh", "-c", "echo " + packets + " > " + SETTING));
  }

  /** As it was. */
  @Override
  public void close() throws LoadFailed {
    try {
      set(before);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
