package dev.amphi.packager.web;

import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.recording.RecordedContent;
import dev.amphi.packager.recording.RecordedFile;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Serves the files of a recording by range, and decrypts of an encrypted one what is asked for. Who
 * may have it is decided before it is called.
 */
public final class RecordingDownload {
  private static final System.Logger LOG = System.getLogger(RecordingDownload.class.getName());

  private final PackagerNode node;

  public RecordingDownload(PackagerNode node) {
    this.node = node;
  }

  /** Answers a GET or HEAD with a file of a recording, or 404 when there is none that is ready. */
  public void serve(RoutingContext context, String roomId, RecordedFile.Asked asked) {
    context
        .vertx()
        .executeBlocking(() -> node.openFile(roomId, asked.recordingId(), asked.file()), false)
        .onComplete(
            content -> answer(context, content, asked),
            failure -> {
              LOG.log(
                  System.Logger.Level.WARNING,
                  "recording " + asked.recordingId() + " of room " + roomId + " cannot be read",
                  failure);
              Answers.problem(
                  context,
                  503,
                  "Unavailable",
                  "The recording cannot be read now: the log of the node says why.");
            });
  }

  private static void answer(
      RoutingContext context, Optional<RecordedContent> content, RecordedFile.Asked asked) {
    if (content.isEmpty()) {
      Answers.problem(
          context,
          404,
          "Not found",
          "There is no such recording, it is not ready, or it has no such file.");
    } else if (context.response().closed()) {
      content.get().close();
    } else {
      send(context, content.get(), asked);
    }
  }

  private static void send(
      RoutingContext context, RecordedContent content, RecordedFile.Asked asked) {
    HttpServerResponse response = context.response();
    long size = content.length();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, asked.file().contentType())
        .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes")
        .putHeader(HttpHeaders.CACHE_CONTROL, "private, max-age=3600")
        .putHeader(
            "Content-Disposition",
            "inline; filename=\"" + asked.recordingId() + asked.file().suffix() + "\"");
    ByteRange range;
    try {
      Optional<ByteRange> wanted = ByteRange.parse(context.request().getHeader("Range"), size);
      wanted.ifPresent(
          part -> response.setStatusCode(206).putHeader("Content-Range", part.contentRange(size)));
      range = wanted.orElse(new ByteRange(0, size - 1));
    } catch (ByteRange.Unsatisfiable e) {
      content.close();
      response.putHeader("Content-Range", "bytes */" + size);
      Answers.problem(context, 416, "Range not satisfiable", String.valueOf(e.getMessage()));
      return;
    }
    if (HttpMethod.HEAD.equals(context.request().method())) {
      content.close();
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length())).end();
    } else if (content.plain().isPresent()) {
      content.close();
      response.sendFile(content.plain().get().toString(), range.first(), range.length());
    } else {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length()));
      new DecryptedBody(context, content, range).send();
    }
  }
}
