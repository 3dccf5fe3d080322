package dev.amphi.server.cli;

import java.util.concurrent.CountDownLatch;

/** Closes what runs when the process is told to stop by Ctrl-C or SIGTERM. */
final class StopSignal {
  private final CountDownLatch stopped = new CountDownLatch(1);

  private StopSignal() {}

  /** The parts are closed in the given order, before the process ends. */
  static StopSignal closing(AutoCloseable... parts) {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  for (AutoCloseable part : parts) {
                    close(part);
                  }
                  signal.stopped.countDown();
                },
                "amphi-stop"));
    return signal;
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      System.err.println("amphi: " + part + " did not stop well: " + e);
    }
  }

  /** Returns when the process is being stopped. */
  void await() throws InterruptedException {
    stopped.await();
  }
}
