package dev.amphi.server.web;

import dev.amphi.interactive.api.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionStage;

/** Turns handlers that may refuse into those that Vert.x calls. */
final class Routes {
  private Routes() {}

  /** A handler that answers by itself or refuses. */
  interface Refusing {
    void handle(RoutingContext context) throws Refusal;
  }

  static Handler<RoutingContext> refusing(Refusing handler) {
    return context -> {
      try {
        handler.handle(context);
      } catch (Refusal e) {
        Problem.of(e).send(context);
      }
    };
  }

  /** Answers with what a stage completes with, on the request's own event loop. */
  static <T> void answer(
      RoutingContext context,
      int status,
      CompletionStage<T> work,
      java.util.function.Function<T, ?> shape) {
    outcome(context, work)
        .onSuccess(value -> Answers.send(context, status, shape.apply(value)))
        .onFailure(context::fail);
  }

  /** Answers 204 when a stage completes. */
  static void done(RoutingContext context, CompletionStage<?> work) {
    outcome(context, work)
        .onSuccess(value -> context.response().setStatusCode(204).end())
        .onFailure(context::fail);
  }

  private static <T> Future<T> outcome(RoutingContext context, CompletionStage<T> work) {
    Future<T> outcome = Future.fromCompletionStage(work, context.vertx().getOrCreateContext());
    RestAudit.outcome(context, outcome);
    return outcome;
  }
}
