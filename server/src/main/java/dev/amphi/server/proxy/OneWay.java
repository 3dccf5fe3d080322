package dev.amphi.server.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketBase;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a relayed socket: what one side says, the other hears, in order, and at last how
 * it ended. A source that is faster than the other side is paused, so that what waits stays within
 * Vert.x's queues. Both sides live on the event loop that made them.
 */
final class OneWay {
  /** As Vert.x tells it: the connection ended without a close frame. */
  private static final short NO_CLOSE_FRAME = 1006;

  private static final short NO_CODE = 1005;

  private final Vertx vertx;
  private final WebSocketBase from;
  private final short broken;
  private @Nullable WebSocketBase to;
  private boolean lost;
  private boolean over;

  /**
   * Takes a source's handlers; from the moment it is connected it has to be paused until {@link
   * #start}.
   *
   * @param broken what the other side is closed with when the source ends without a code
   */
  OneWay(Vertx vertx, WebSocketBase from, short broken) {
    this.vertx = vertx;
    this.from = from;
    this.broken = broken;
    from.textMessageHandler(this::pass);
    // A close frame waits its turn behind what was said before it; the close handler would not.
    from.endHandler(ignored -> hangUp());
    from.exceptionHandler(failure -> lose());
    from.closeHandler(ignored -> lose());
  }

  /** The other side is there: tells it what waited, and goes on. */
  void start(WebSocketBase other) {
    to = other;
    from.resume();
    if (lost) {
      hangUpAfterWhatWaits();
    }
  }

  private void pass(String text) {
    WebSocketBase other = to;
    if (other == null || other.isClosed()) {
      return;
    }
    other.writeTextMessage(text);
    if (!lost && !other.isClosed() && other.writeQueueFull()) {
      from.pause();
      other.drainHandler(ignored -> from.resume());
    }
  }

  private void lose() {
    Short code = from.closeStatusCode();
    if (code != null && code != NO_CLOSE_FRAME) {
      return;
    }
    lost = true;
    if (to != null) {
      hangUpAfterWhatWaits();
    }
  }

  /** Resuming a source delivers what waits in a task of its own: this one comes behind it. */
  private void hangUpAfterWhatWaits() {
    from.resume();
    vertx.runOnContext(ignored -> hangUp());
  }

  private void hangUp() {
    WebSocketBase other = to;
    if (over || other == null) {
      return;
    }
    over = true;
    // Its own close frame may stand behind what it was paused for.
    other.resume();
    if (!other.isClosed()) {
      Short code = from.closeStatusCode();
      boolean none = code == null || code == NO_CLOSE_FRAME || code == NO_CODE;
      other.close(none ? broken : code, from.closeReason());
    }
  }
}
