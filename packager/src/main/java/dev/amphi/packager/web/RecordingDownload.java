package dev.amphi.packager.web;

import dev.amphi.packager.node.PackagerNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.Optional;

/** Serves the MP4 of a recording by range. Who may have it is decided before it is called. */
public final class RecordingDownload {
  private final PackagerNode node;

  public RecordingDownload(PackagerNode node) {
    this.node = node;
  }

  /**
   * Answers a GET or HEAD with the MP4, or 404 when there is none that is ready.
   *
   * @param recordingId without {@code .mp4}
   */
  public void serve(RoutingContext context, String roomId, String recordingId) {
    Optional<Path> movie = node.movie(roomId, recordingId);
    if (movie.isEmpty()) {
      notFound(context);
      return;
    }
    String file = movie.get().toString();
    context
        .vertx()
        .fileSystem()
        .props(file)
        .onComplete(
            props -> send(context, file, recordingId, props.size()), gone -> notFound(context));
  }

  private static void send(RoutingContext context, String file, String id, long size) {
    HttpServerResponse response = context.response();
    if (response.closed()) {
      return;
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "video/mp4")
        .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes")
        .putHeader(HttpHeaders.CACHE_CONTROL, "private, max-age=3600")
        .putHeader("Content-Disposition", "inline; filename=\"" + id + ".mp4\"");
    ByteRange range;
    try {
      Optional<ByteRange> asked = ByteRange.parse(context.request().getHeader("Range"), size);
      asked.ifPresent(
          part -> response.setStatusCode(206).putHeader("Content-Range", part.contentRange(size)));
      range = asked.orElse(new ByteRange(0, size - 1));
    } catch (ByteRange.Unsatisfiable e) {
      response.putHeader("Content-Range", "bytes */" + size);
      Answers.problem(context, 416, "Range not satisfiable", String.valueOf(e.getMessage()));
      return;
    }
    if (HttpMethod.HEAD.equals(context.request().method())) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length())).end();
    } else {
      response.sendFile(file, range.first(), range.length());
    }
  }

  private static void notFound(RoutingContext context) {
    Answers.problem(context, 404, "Not found", "There is no such recording, or it is not ready.");
  }
}
