package dev.amphi.server.push;

import dev.amphi.packager.push.CodedSample;
import dev.amphi.packager.push.PushFailure;

/** One connection to a platform; used by one thread, but for {@link #close}. */
interface Outlet extends AutoCloseable {
  /** Waits until it may be opened, where only few may at once; returns when it is closed, too. */
  default void await() throws InterruptedException {}

  /** Connects; returns when the platform takes media. */
  void open() throws PushFailure;

  /** Sends a sample; may wait for the platform. The first one is an IDR. */
  void send(CodedSample sample) throws PushFailure;

  /** Says that nothing more comes; what cannot be said is not. */
  void finish();

  /** Ends it at once, whatever it is waiting for. From any thread. */
  @Override
  void close();
}
