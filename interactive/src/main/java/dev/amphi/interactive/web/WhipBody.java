package dev.amphi.interactive.web;

import dev.amphi.interactive.api.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/** A request's body: its type is checked, and it is read up to 64 KiB and no further. */
final class WhipBody {
  static final int MAX_BYTES = 64 * 1024;

  private WhipBody() {}

  /** Refuses with 415 when the body is of another type. */
  static void requireType(RoutingContext context, String expected) throws Refusal {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!bare.equals(expected)) {
      throw new Refusal(
          415,
          "not_supported",
          "The body must be "
              + expected
              + (bare.isEmpty() ? ", but there is no Content-Type." : ", but it is another type."));
    }
  }

  /** Refuses with 406 a client that does not take an SDP answer. */
  static void requireAccepted(RoutingContext context) throws Refusal {
    String accept = context.request().getHeader(HttpHeaders.ACCEPT);
    if (accept != null
        && !accept.contains(WhipHeaders.SDP)
        && !accept.contains("*/*")
        && !accept.contains("application/*")) {
      throw new Refusal(
          406, "not_supported", "The answer is application/sdp, which you do not accept.");
    }
  }

  /** Reads the body, however the server's other handlers left it; refuses with 413. */
  static void read(RoutingContext context, Consumer<String> then) throws Refusal {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && (!length.matches("\\d{1,5}") || Integer.parseInt(length) > MAX_BYTES)) {
      throw tooLarge();
    }
    if (context.body() != null && context.body().buffer() != null) {
      // The server put a body handler before us.
      if (context.body().length() > MAX_BYTES) {
        throw tooLarge();
      }
      then.accept(context.body().asString());
      return;
    }
    Buffer body = Buffer.buffer();
    context
        .request()
        .handler(
            part -> {
              if (body.length() + part.length() > MAX_BYTES) {
                context.request().handler(rest -> {}); // Drop the rest unread.
                context.request().endHandler(end -> {});
                Problem.answer(context, tooLarge());
              } else {
                body.appendBuffer(part);
              }
            })
        .endHandler(end -> then.accept(body.toString(StandardCharsets.UTF_8)));
    context.request().resume();
  }

  private static Refusal tooLarge() {
    return new Refusal(413, "too_large", "The body is larger than 64 KiB.");
  }
}
