package dev.amphi.packager.web;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Sends a range of an encrypted MP4 as fast as the client takes it, a segment at a time; where one
 * is not what was written the connection breaks, and nothing false was sent.
 */
final class DecryptedBody {
  private static final System.Logger LOG = System.getLogger(DecryptedBody.class.getName());
  private static final int STEP_BYTES = 64 << 10;

  private final HttpServerRequest request;

  /** Where the bytes come from. */
  interface Source {
    /** Some bytes from a place on; blocks. */
    ByteBuffer read(long at, int most) throws IOException;
  }

  private final Source source;
  private final Runnable close;
  private final RecordingDownload.Blocking threads;
  private final long end;
  private long at;
  private boolean over;

  /**
   * @param close is called once, when nothing more is read
   * @param threads where the source is read
   */
  DecryptedBody(
      HttpServerRequest request,
      Source source,
      Runnable close,
      ByteRange range,
      RecordingDownload.Blocking threads) {
    this.threads = threads;
    this.request = request;
    this.source = source;
    this.close = close;
    this.at = range.first();
    this.end = range.last() + 1;
  }

  void send() {
    HttpServerResponse response = request.response();
    response.exceptionHandler(failure -> stop());
    response.closeHandler(closed -> stop());
    next();
  }

  private void next() {
    if (over) {
      return;
    }
    if (at >= end) {
      stop();
      request.response().end();
      return;
    }
    int most = (int) Math.min(STEP_BYTES, end - at);
    threads.run(() -> source.read(at, most), false).onComplete(this::sent, this::broken);
  }

  private void sent(ByteBuffer bytes) {
    if (over) {
      return;
    }
    HttpServerResponse response = request.response();
    at += bytes.remaining();
    Buffer buffer = BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    var unused = response.write(buffer);
    if (response.writeQueueFull()) {
      // Once: it is told again whenever there is room again, in the midst of a later write too.
      response.drainHandler(
          drained -> {
            response.drainHandler(null);
            next();
          });
    } else {
      next();
    }
  }

  private void broken(Throwable failure) {
    if (!over) {
      LOG.log(
          System.Logger.Level.WARNING,
          "an encrypted MP4 cannot be read on: {0}",
          failure.toString());
      stop();
      request.response().reset();
    }
  }

  private void stop() {
    if (!over) {
      over = true;
      close.run();
    }
  }
}
