package dev.amphi.packager.web;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.node.LiveProgram;
import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.origin.MediaName;
import dev.amphi.packager.origin.Position;
import dev.amphi.packager.origin.Rendition;
import dev.amphi.packager.segment.OpenSegment;
import dev.amphi.packager.segment.SegmentWindow;
import dev.amphi.packager.store.SegmentStore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers with a header, a segment or a part; waits for a part that was hinted at. */
final class MediaAnswer {
  private static final String NOT_KEPT = "This part of the class is not kept here.";

  private final PackagerNode node;

  MediaAnswer(PackagerNode node) {
    this.node = node;
  }

  void answer(
      RoutingContext context,
      LiveProgram program,
      Rendition rendition,
      MediaName name,
      Watching watching) {
    String id = rendition.id();
    boolean video = rendition.format().video();
    Parking.answer(
        node,
        context,
        program.plan().targetDurationS(),
        () -> {
          String stored = LiveProgram.storeName(id, name);
          if (program.store().has(stored)) {
            send(context, program.store(), stored, video, watching);
            return null;
          }
          Position hinted = hinted(program, id, name);
          if (hinted == null) {
            problem(context, 404, NOT_KEPT);
            return null;
          }
          return new Parking.Wait(program.stream(id), hinted);
        });
  }

  /** Only the part that is being made may be waited for: no byte of it before it is whole. */
  private static @Nullable Position hinted(LiveProgram program, String id, MediaName name) {
    Rendition now = program.window().rendition(id);
    if (!(name instanceof MediaName.SegmentPart part) || now == null || now.window().ended()) {
      return null;
    }
    SegmentWindow window = now.window();
    Position wanted = new Position(part.msn(), part.part());
    OpenSegment open = window.open();
    boolean next =
        open == null
            ? wanted.equals(new Position(window.lastMsn() + 1, 0))
            : wanted.equals(new Position(open.msn(), window.openParts().size()));
    return next || wanted.equals(Position.nextOf(window)) ? wanted : null;
  }

  private static void send(
      RoutingContext context, SegmentStore store, String name, boolean video, Watching watching) {
    Context loop = Vertx.currentContext();
    store
        .get(name)
        .whenComplete(
            (found, failure) -> {
              Runnable answer =
                  failure == null
                      ? () -> found(context, found, video, watching)
                      : () -> problem(context, 503, "This part of the class cannot be read now.");
              if (loop.equals(Vertx.currentContext())) {
                answer.run();
              } else {
                loop.runOnContext(now -> answer.run());
              }
            });
  }

  private static void found(
      RoutingContext context,
      Optional<SegmentStore.Media> found,
      boolean video,
      Watching watching) {
    if (found.isEmpty()) {
      problem(context, 404, NOT_KEPT);
    } else if (!context.response().closed() && !context.response().ended()) {
      send(context, buffer(found.get()), video, watching);
    }
  }

  private static void problem(RoutingContext context, int status, String detail) {
    Answers.problem(context, status, status == 404 ? "Not found" : "Unavailable", detail);
  }

  private static void send(RoutingContext context, Buffer whole, boolean video, Watching watching) {
    Answers.allowAnyOrigin(context);
    HttpServerResponse response = context.response();
    Optional<ByteRange> range;
    try {
      range = ByteRange.parse(context.request().getHeader("Range"), whole.length());
    } catch (ByteRange.Unsatisfiable e) {
      response.putHeader("Content-Range", "bytes */" + whole.length());
      Answers.problem(context, 416, "Range not satisfiable", String.valueOf(e.getMessage()));
      return;
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, video ? "video/mp4" : "audio/mp4")
        .putHeader(
            HttpHeaders.CACHE_CONTROL, watching.cacheScope() + ", max-age=31536000, immutable")
        .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    if (range.isPresent()) {
      ByteRange part = range.get();
      response.setStatusCode(206).putHeader("Content-Range", part.contentRange(whole.length()));
      Answers.body(context, whole.slice((int) part.first(), (int) part.last() + 1));
    } else {
      Answers.body(context, whole);
    }
  }

  private static Buffer buffer(SegmentStore.Media media) {
    ByteBuf[] pieces =
        media.pieces().stream()
            .map(Bytes::toByteBuffer)
            .map(Unpooled::wrappedBuffer)
            .toArray(ByteBuf[]::new);
    return BufferInternal.buffer(Unpooled.wrappedBuffer(pieces));
  }
}
