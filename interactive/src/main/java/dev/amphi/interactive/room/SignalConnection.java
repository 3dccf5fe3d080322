package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.signal.ClientEnvelope;

/** One socket that was let in: hands what it hears to the room's loop. Thread-safe. */
public final class SignalConnection {
  private final OpenRoom open;
  private final Participant participant;
  private final SignalSession session;
  private final SignalWire wire;

  SignalConnection(OpenRoom open, Participant participant, SignalSession session, SignalWire wire) {
    this.open = open;
    this.participant = participant;
    this.session = session;
    this.wire = wire;
  }

  /** The socket brought a message. */
  public void receive(ClientEnvelope envelope) {
    onLoop(() -> open.commands().run(participant, session, envelope));
  }

  /**
   * The socket brought something that could not be read.
   *
   * @param n its number, 0 when not even that could be read
   */
  public void refuse(long n, Refusal refusal) {
    onLoop(() -> open.commands().unreadable(participant, session, n, refusal));
  }

  /**
   * The socket is closed.
   *
   * @param goodbye whether the client closed it on purpose
   */
  public void closed(boolean goodbye) {
    onLoop(() -> open.door().lost(participant, session, goodbye));
  }

  /** Does nothing once another socket took over. */
  private void onLoop(Runnable task) {
    open.room()
        .context()
        .loop()
        .execute(
            () -> {
              if (session.attachedTo(wire)) {
                task.run();
              }
            });
  }
}
