package dev.amphi.server.load.sfu;

import dev.amphi.server.load.LoadFailed;
import java.util.OptionalDouble;

/** A forwarder under test, in a process of its own. */
interface SfuServer extends AutoCloseable {
  /** Short, for the table. */
  String name();

  /** What exactly ran. */
  String version() throws LoadFailed, InterruptedException;

  long pid();

  /** MiB of heap in use after a collection; empty for a server without one. */
  OptionalDouble heapMib() throws LoadFailed, InterruptedException;

  /** Makes a room for so many publishers. */
  SfuRoom room(String id, int publishers) throws LoadFailed, InterruptedException;

  @Override
  void close();
}
