package dev.amphi.server.load.hls;

/** Counts what went wrong and keeps the last of it; thread-safe. */
final class FaultLog {
  private int count;
  private String last = "";

  synchronized void add(Exception fault) {
    count++;
    last = String.valueOf(fault.getMessage());
  }

  synchronized int count() {
    return count;
  }

  synchronized String last() {
    return last;
  }
}
