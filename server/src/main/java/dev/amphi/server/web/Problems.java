package dev.amphi.server.web;

import dev.amphi.interactive.api.Refusal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.concurrent.CompletionException;

/** Gives every error of a router the same shape. */
public final class Problems {
  private static final System.Logger LOG = System.getLogger(Problems.class.getName());

  private Problems() {}

  /** Answers what no route answered, and what a route failed with. */
  public static void mount(Router router) {
    for (int status :
        new int[] {400, 401, 403, 404, 405, 406, 413, 414, 415, 416, 500, 501, 502, 503, 504}) {
      router.errorHandler(status, context -> handle(context, status));
    }
  }

  private static void handle(RoutingContext context, int status) {
    of(context, status).send(context);
  }

  /** What to say about the failure of a request. */
  static Problem of(RoutingContext context, int status) {
    Throwable cause = context.failure();
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Refusal refusal) {
      return Problem.of(refusal);
    }
    if (cause != null && !(cause instanceof HttpException) && status >= 500) {
      LOG.log(System.Logger.Level.ERROR, context.request().path() + " failed", cause);
    }
    return new Problem(status, code(status), detail(context, status));
  }

  private static String code(int status) {
    return switch (status) {
      case 401 -> "unauthorized";
      case 403 -> "not_allowed";
      case 404 -> "not_found";
      case 413, 414 -> "too_large";
      case 405, 406, 415 -> "not_supported";
      default -> status < 500 ? "malformed" : "unavailable";
    };
  }

  private static String detail(RoutingContext context, int status) {
    String path = context.request().path();
    return switch (status) {
      case 404 -> "There is nothing at '" + path + "': the API is described at /api/openapi.yaml.";
      case 405 ->
          "'"
              + path
              + "' does not take "
              + context.request().method()
              + ": see /api/openapi.yaml for what it takes.";
      case 413 -> "The body is too long: send less.";
      case 414 -> "The URL is too long: shorten it.";
      case 415 -> "The body must be application/json.";
      case 502, 504 ->
          "The node that holds this class does not answer: try again in a few seconds.";
      case 500 -> "The node failed to answer; its log says why.";
      default -> "The request could not be understood.";
    };
  }
}
