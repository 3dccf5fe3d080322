package dev.amphi.packager.web;

import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.recording.RecordedMovie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Serves the MP4 of a recording by range, and decrypts of an encrypted one what is asked for. Who
 * may have it is decided before it is called.
 */
public final class RecordingDownload {
  private static final System.Logger LOG = System.getLogger(RecordingDownload.class.getName());

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
    context
        .vertx()
        .executeBlocking(() -> node.openMovie(roomId, recordingId), false)
        .onComplete(
            movie -> answer(context, movie, recordingId),
            failure -> {
              LOG.log(
                  System.Logger.Level.WARNING,
                  "recording " + recordingId + " of room " + roomId + " cannot be read",
                  failure);
              Answers.problem(
                  context,
                  503,
                  "Unavailable",
                  "The recording cannot be read now: the log of the node says why.");
            });
  }

  private static void answer(
      RoutingContext context, Optional<RecordedMovie> movie, String recordingId) {
    if (movie.isEmpty()) {
      Answers.problem(context, 404, "Not found", "There is no such recording, or it is not ready.");
    } else if (context.response().closed()) {
      movie.get().close();
    } else {
      send(context, movie.get(), recordingId);
    }
  }

  private static void send(RoutingContext context, RecordedMovie movie, String id) {
    HttpServerResponse response = context.response();
    long size = movie.length();
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
      movie.close();
      response.putHeader("Content-Range", "bytes */" + size);
      Answers.problem(context, 416, "Range not satisfiable", String.valueOf(e.getMessage()));
      return;
    }
    if (HttpMethod.HEAD.equals(context.request().method())) {
      movie.close();
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length())).end();
    } else if (movie.plain().isPresent()) {
      movie.close();
      response.sendFile(movie.plain().get().toString(), range.first(), range.length());
    } else {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length()));
      new DecryptedBody(context, movie, range).send();
    }
  }
}
