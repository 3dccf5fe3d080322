package dev.amphi.packager.node;

/** A parked request; told on the publisher's thread, so it hops to its own. */
public interface Waiter {
  /** What it waited for may be there: look again. */
  void released();

  /** Its time is over. */
  void expired();
}
