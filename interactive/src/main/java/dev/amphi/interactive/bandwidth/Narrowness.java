package dev.amphi.interactive.bandwidth;

/** What said first that a way is narrow. */
public enum Narrowness {
  /** Nothing did: as far as is known it carries everything. */
  UNKNOWN,
  /** A queue that grows, or is full. */
  QUEUE,
  /** More was lost than a radio loses. */
  LOSS,
  /** Two probes in a row came more slowly than they left. */
  PROBE,
  /** Nothing was reported for seconds. */
  SILENCE
}
