package dev.amphi.server.push;

/** Is told what pushes do; from any thread. */
public interface PushMeter {
  /** Nobody counts. */
  PushMeter NONE =
      new PushMeter() {
        @Override
        public void sent(long bytes) {}

        @Override
        public void reconnects() {}

        @Override
        public void dropped(long groups) {}
      };

  /** Media went out. */
  void sent(long bytes);

  /** A connection broke or was refused, and is tried again. */
  void reconnects();

  /** A platform was too slow for so many groups of pictures. */
  void dropped(long groups);
}
