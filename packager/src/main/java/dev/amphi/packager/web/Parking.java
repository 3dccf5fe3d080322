package dev.amphi.packager.web;

import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.node.Waiter;
import dev.amphi.packager.origin.PendingRequests;
import dev.amphi.packager.origin.Position;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * One request that may have to wait: tried, parked, tried again when something was published, given
 * up after three target durations (RFC 8216bis §6.2.5.2). Confined to the request's context.
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
  private final RoutingContext context;
  private final Attempt attempt;
  private final Context loop;
  private final long deadlineNanos;
  private final int targetDurationS;
  private PendingRequests.@Nullable Ticket<Waiter> parked;

  private Parking(PackagerNode node, RoutingContext context, int targetDurationS, Attempt attempt) {
    this.node = node;
    this.context = context;
    this.attempt = attempt;
    this.targetDurationS = targetDurationS;
    this.loop = Vertx.currentContext();
    this.deadlineNanos = node.nowNanos() + 3L * targetDurationS * 1_000_000_000L;
  }

  /** Answers now or later. */
  static void answer(
      PackagerNode node, RoutingContext context, int targetDurationS, Attempt attempt) {
    Parking parking = new Parking(node, context, targetDurationS, attempt);
    Wait wait = attempt.attempt();
    if (wait != null) {
      context.response().closeHandler(gone -> parking.leave());
      parking.park(wait);
    }
  }

  /** The address that the node counts the request for, or else the peer's. */
  private String client() {
    String counted = context.get("amphi.client");
    return counted != null ? counted : context.request().remoteAddress().hostAddress();
  }

  private void park(Wait wait) {
    PendingRequests.Ticket<Waiter> ticket =
        node.pending().park(wait.stream(), wait.position(), client(), deadlineNanos, new Visitor());
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
    return context.response().ended() || context.response().closed();
  }

  private void unavailable(String detail) {
    if (!gone()) {
      context.response().putHeader("Retry-After", Integer.toString(targetDurationS));
      Answers.problem(context, 503, "Unavailable", detail);
    }
  }

  private final class Visitor implements Waiter {
    @Override
    public void released() {
      loop.runOnContext(
          now -> {
            if (!gone()) {
              Wait wait = attempt.attempt();
              if (wait != null) {
                park(wait);
              }
            }
          });
    }

    @Override
    public void expired() {
      loop.runOnContext(
          now -> unavailable("Nothing new came for three target durations; try again."));
    }
  }
}
