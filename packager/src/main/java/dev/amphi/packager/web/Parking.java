package dev.amphi.packager.web;

import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.node.Waiter;
import dev.amphi.packager.origin.PendingRequests;
import dev.amphi.packager.origin.Position;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests that may have to wait: tried, parked, tried again when something was published, given up
 * after three target durations (RFC 8216bis §6.2.5.2).
 */
final class Parking {
  /** Tries to answer; says what to wait for when it cannot. */
  interface Attempt {
    /** The place to wait for, or null when the request is answered. */
    @Nullable Wait attempt();
  }

  /** A stream and a position in it. */
  record Wait(String stream, Position position) {}

  private final PackagerNode node;
  private final Function<HttpServerRequest, String> client;

  /**
   * @param client the address that a request counts for
   */
  Parking(PackagerNode node, Function<HttpServerRequest, String> client) {
    this.node = node;
    this.client = client;
  }

  /** Answers now or later. */
  void answer(HttpServerRequest request, int targetDurationS, Attempt attempt) {
    Wait wait = attempt.attempt();
    if (wait != null) {
      Visitor visitor = new Visitor(request, targetDurationS, attempt);
      request.response().closeHandler(gone -> visitor.leave());
      visitor.park(wait);
    }
  }

  /** One request that waits; confined to the request's event loop. */
  private final class Visitor implements Waiter {
    private final HttpServerRequest request;
    private final Attempt attempt;
    private final Context loop;
    private final long deadlineNanos;
    private final int targetDurationS;
    private PendingRequests.@Nullable Ticket<Waiter> parked;

    Visitor(HttpServerRequest request, int targetDurationS, Attempt attempt) {
      this.request = request;
      this.attempt = attempt;
      this.targetDurationS = targetDurationS;
      this.loop = Vertx.currentContext();
      this.deadlineNanos = node.nowNanos() + 3L * targetDurationS * 1_000_000_000L;
    }

    private void park(Wait wait) {
      PendingRequests.Ticket<Waiter> ticket =
          node.pending()
              .park(wait.stream(), wait.position(), client.apply(request), deadlineNanos, this);
      if (ticket == null) {
        unavailable("Too many requests wait already.");
        return;
      }
      parked = ticket;
      // It may have been published between the attempt and the parking.
      Wait still = attempt.attempt();
      if (still == null) {
        leave();
      } else if (!still.equals(wait) && node.pending().cancel(ticket)) {
        park(still);
      }
    }

    private void leave() {
      PendingRequests.Ticket<Waiter> ticket = parked;
      if (ticket != null) {
        node.pending().cancel(ticket);
        parked = null;
      }
    }

    private boolean gone() {
      return request.response().ended() || request.response().closed();
    }

    private void unavailable(String detail) {
      if (gone()) {
        return;
      }
      if (request.response().headWritten()) {
        Answers.breakOff(request);
      } else {
        request.response().putHeader("Retry-After", Integer.toString(targetDurationS));
        Answers.problem(request, 503, "Unavailable", detail);
      }
    }

    @Override
    public void released() {
      loop.runOnContext(now -> again());
    }

    private void again() {
      if (gone()) {
        return;
      }
      try {
        Wait wait = attempt.attempt();
        if (wait != null) {
          park(wait);
        }
      } catch (RuntimeException | Error e) {
        Answers.failed(request, e);
      }
    }

    @Override
    public void expired() {
      loop.runOnContext(
          now -> unavailable("Nothing new came for three target durations; try again."));
    }
  }
}
