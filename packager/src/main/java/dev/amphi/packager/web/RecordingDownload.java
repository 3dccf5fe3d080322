package dev.amphi.packager.web;

import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.recording.RecordedContent;
import dev.amphi.packager.recording.RecordedFile;
import dev.amphi.packager.recording.RecordedPicture;
import dev.amphi.packager.recording.TrackFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Serves the files of a recording by range, and decrypts of an encrypted one what is asked for. Who
 * may have it is decided before it is called.
 */
public final class RecordingDownload {
  private static final System.Logger LOG = System.getLogger(RecordingDownload.class.getName());

  private static final String KEPT = "private, max-age=3600";

  /** How many of those that wait for an object store wait at once; no one else waits for them. */
  private static final int AWAY_THREADS = 8;

  /** Where something is done that blocks. */
  interface Blocking {
    <T> Future<T> run(Callable<T> work, boolean ordered);
  }

  private final PackagerNode node;
  private final Blocking here;
  private final Blocking away;

  public RecordingDownload(PackagerNode node, Vertx vertx) {
    this.node = node;
    this.here = vertx::executeBlocking;
    WorkerExecutor threads = vertx.createSharedWorkerExecutor("recordings-away", AWAY_THREADS);
    this.away = threads::executeBlocking;
  }

  /** Answers a GET or HEAD with a file of a recording, or 404 when there is none that is ready. */
  public void serve(HttpServerRequest request, String roomId, RecordedFile.Asked asked) {
    String id = asked.recordingId();
    serve(
        request,
        roomId,
        new Wanted(
            id,
            id + asked.file().suffix(),
            asked.file().contentType(),
            () -> node.isAway(roomId, id, asked.file()),
            () -> node.openFile(roomId, id, asked.file())));
  }

  /** The same with a track of single participants, or the list of them. */
  public void serve(HttpServerRequest request, String roomId, String id, TrackFile file) {
    serve(
        request,
        roomId,
        new Wanted(
            id,
            id + "." + file.fileName(),
            file.contentType(),
            () -> node.isAway(roomId, id, file),
            () -> node.openTrack(roomId, id, file)));
  }

  /** The same with one of its small pictures. */
  public void serve(HttpServerRequest request, String roomId, RecordedPicture asked) {
    String id = asked.recordingId();
    here.run(() -> node.isAway(roomId, id, RecordedFile.PICTURES), false)
        .compose(isAway -> (isAway ? away : here).run(() -> node.picture(roomId, asked), false))
        .onComplete(
            jpeg -> picture(request, jpeg), failure -> unreadable(request, roomId, id, failure));
  }

  private static void picture(HttpServerRequest request, Optional<Bytes> jpeg) {
    if (jpeg.isEmpty()) {
      notThere(request);
      return;
    }
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, RecordedFile.POSTER.contentType())
        .putHeader(HttpHeaders.CACHE_CONTROL, KEPT)
        .putHeader("X-Content-Type-Options", "nosniff");
    Answers.body(request, Buffer.buffer(jpeg.get().toByteArray()));
  }

  private static void notThere(HttpServerRequest request) {
    Answers.problem(
        request,
        404,
        "Not found",
        "There is no such recording, it is not ready, or it has no such file.");
  }

  /** Whether a recording's tracks are still to become files. */
  public boolean isMakingTracks(String roomId, String id) {
    return node.isMakingTracks(roomId, id);
  }

  /**
   * A file that somebody asks for.
   *
   * @param name under which it is offered
   * @param away whether it is in the object store only; blocks on the disk
   * @param opening blocks on the disk, or on the object store
   */
  private record Wanted(
      String recordingId,
      String name,
      String contentType,
      Callable<Boolean> away,
      Callable<Optional<RecordedContent>> opening) {}

  private void serve(HttpServerRequest request, String roomId, Wanted asked) {
    here.run(asked.away(), false)
        .onComplete(
            isAway -> open(request, roomId, asked, isAway ? away : here),
            failure -> unreadable(request, roomId, asked.recordingId(), failure));
  }

  private static void open(
      HttpServerRequest request, String roomId, Wanted asked, Blocking threads) {
    threads
        .run(asked.opening(), false)
        .onComplete(
            content -> answer(request, content, asked, threads),
            failure -> unreadable(request, roomId, asked.recordingId(), failure));
  }

  private static void unreadable(
      HttpServerRequest request, String roomId, String id, Throwable failure) {
    LOG.log(
        System.Logger.Level.WARNING,
        "recording " + id + " of room " + roomId + " cannot be read",
        failure);
    Answers.problem(
        request,
        503,
        "Unavailable",
        "The recording cannot be read now: the log of the node says why.");
  }

  /** How many bytes a recording's MP4 has, 0 where there is none to read. Blocks on the disk. */
  public long size(RecordingView recording) {
    try {
      return node.movieBytes(recording.roomId(), recording.id());
    } catch (IOException e) {
      return 0; // Erased this moment, or its disk is away: whoever plays it is told.
    }
  }

  private static void answer(
      HttpServerRequest request,
      Optional<RecordedContent> content,
      Wanted asked,
      Blocking threads) {
    if (content.isEmpty()) {
      notThere(request);
    } else if (request.response().closed()) {
      content.get().close();
    } else {
      send(request, content.get(), asked, threads);
    }
  }

  private static void send(
      HttpServerRequest request, RecordedContent content, Wanted asked, Blocking threads) {
    HttpServerResponse response = request.response();
    long size = content.length();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, asked.contentType())
        .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes")
        .putHeader(HttpHeaders.CACHE_CONTROL, KEPT)
        .putHeader("Content-Disposition", "inline; filename=\"" + asked.name() + "\"");
    ByteRange range;
    try {
      Optional<ByteRange> wanted = ByteRange.parse(request.getHeader("Range"), size);
      wanted.ifPresent(
          part -> response.setStatusCode(206).putHeader("Content-Range", part.contentRange(size)));
      range = wanted.orElse(new ByteRange(0, size - 1));
    } catch (ByteRange.Unsatisfiable e) {
      content.close();
      response.putHeader("Content-Range", "bytes */" + size);
      Answers.problem(request, 416, "Range not satisfiable", String.valueOf(e.getMessage()));
      return;
    }
    if (HttpMethod.HEAD.equals(request.method())) {
      content.close();
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length())).end();
    } else if (content.plain().isPresent()) {
      content.close();
      response.sendFile(content.plain().get().toString(), range.first(), range.length());
    } else {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length()));
      new DecryptedBody(request, content::read, content::close, range, threads).send();
    }
  }
}
