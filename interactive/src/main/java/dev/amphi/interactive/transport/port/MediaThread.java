package dev.amphi.interactive.transport.port;

import io.netty.util.concurrent.FastThreadLocalThread;
import org.jspecify.annotations.Nullable;

/** A loop's thread, which knows its loop. */
final class MediaThread extends FastThreadLocalThread {
  @Nullable NettyLoop loop;

  MediaThread(Runnable task, String name) {
    super(task, name);
    setDaemon(true);
  }
}
