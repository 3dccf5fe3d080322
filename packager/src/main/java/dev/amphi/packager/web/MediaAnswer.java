package dev.amphi.packager.web;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.node.LiveProgram;
import dev.amphi.packager.origin.MediaName;
import dev.amphi.packager.origin.Position;
import dev.amphi.packager.origin.Rendition;
import dev.amphi.packager.segment.OpenSegment;
import dev.amphi.packager.segment.SegmentWindow;
import dev.amphi.packager.store.SegmentStore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers with a header, a segment or a part; waits for a part that was hinted at. */
final class MediaAnswer {
  static final String NOT_KEPT = "This part of the class is not kept here.";

  private static final int ONE_YEAR_S = 31_536_000;

  /** Half a minute of a class in four sizes. */
  private static final long MOST_HOT_BYTES = 32L << 20;

  /** Some more of it in parts. */
  private static final long MOST_HOT_PARTS = 16L << 20;

  private final Parking parking;
  private final ViewerMeter meter;
  private final HotFiles files = new HotFiles(HotFiles.inMemory(), MOST_HOT_BYTES);
  private final HotMedia hot = new HotMedia(MOST_HOT_PARTS);

  MediaAnswer(Parking parking, ViewerMeter meter) {
    this.parking = parking;
    this.meter = meter;
  }

  void answer(
      HttpServerRequest request,
      LiveProgram program,
      Rendition rendition,
      MediaName name,
      Watching watching) {
    ViewerReport told = Cmcd.read(request);
    if (told != null) {
      meter.heard(told);
    }
    String id = rendition.id();
    String type = type(rendition);
    if (name instanceof MediaName.GrowingSegment growing) {
      GrowingAnswer answer =
          new GrowingAnswer(this, request, program, rendition, growing.msn(), watching);
      parking.answer(request, program.plan().targetDurationS(), answer);
      return;
    }
    parking.answer(
        request,
        program.plan().targetDurationS(),
        () -> {
          String stored = LiveProgram.storeName(id, name);
          if (program.store().has(stored)) {
            send(request, program.store(), stored, type, watching);
            return null;
          }
          Position hinted = hinted(program, id, name);
          if (hinted == null) {
            problem(request, 404, NOT_KEPT);
            return null;
          }
          return new Parking.Wait(program.stream(id), hinted);
        });
  }

  /** Answers with a small picture: many are asked for, each by few. */
  void picture(HttpServerRequest request, LiveProgram program, long number, Watching watching) {
    Context loop = Vertx.currentContext();
    program
        .store()
        .get(LiveProgram.pictureName(number))
        .whenComplete(
            (found, failure) ->
                loop.runOnContext(
                    now -> {
                      if (failure != null) {
                        problem(request, 503, "This picture cannot be read now.");
                      } else if (found.isEmpty()) {
                        problem(request, 404, NOT_KEPT);
                      } else if (!gone(request)) {
                        send(request, buffer(found.get()), "image/jpeg", watching);
                      }
                    }));
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

  void send(
      HttpServerRequest request, SegmentStore store, String name, String type, Watching watching) {
    LentMedia<FileChannel>.Loan file = byKernel(request) ? files.borrow(store, name) : null;
    if (file != null) {
      lendFile(request, file, type, watching);
      return;
    }
    LentMedia<ByteBuffer>.Loan known = hot.borrow(store, name);
    if (known != null) {
      lend(request, known, type, watching);
      return;
    }
    Context loop = Vertx.currentContext();
    store
        .get(name)
        .whenComplete(
            (found, failure) -> {
              Runnable answer =
                  failure == null
                      ? () -> found(request, store, name, found, type, watching)
                      : () -> problem(request, 503, "This part of the class cannot be read now.");
              if (loop.equals(Vertx.currentContext())) {
                answer.run();
              } else {
                loop.runOnContext(now -> answer.run());
              }
            });
  }

  private void found(
      HttpServerRequest request,
      SegmentStore store,
      String name,
      Optional<SegmentStore.Media> found,
      String type,
      Watching watching) {
    if (found.isEmpty()) {
      problem(request, 404, NOT_KEPT);
      return;
    }
    LentMedia<FileChannel>.Loan file =
        byKernel(request) ? files.copy(store, name, found.get()) : null;
    if (file != null) {
      lendFile(request, file, type, watching);
      return;
    }
    LentMedia<ByteBuffer>.Loan copied = hot.copy(store, name, found.get());
    if (copied != null) {
      lend(request, copied, type, watching);
    } else if (!gone(request)) {
      send(request, buffer(found.get()), type, watching);
    }
  }

  /** In HTTP/2 it is framed first; Vert.x 5.1 never ends such an answer with a range of a file. */
  private static boolean byKernel(HttpServerRequest request) {
    return request.version() != HttpVersion.HTTP_2;
  }

  private static boolean gone(HttpServerRequest request) {
    return request.response().closed() || request.response().ended();
  }

  /** The memory is free for others once the answer is written, or cannot be. */
  private static void lend(
      HttpServerRequest request, LentMedia<ByteBuffer>.Loan loan, String type, Watching watching) {
    if (gone(request)) {
      loan.giveBack();
      return;
    }
    Buffer whole = BufferInternal.buffer(Unpooled.wrappedBuffer(HotMedia.bytes(loan)));
    send(request, whole, type, watching).onComplete(written -> loan.giveBack());
  }

  private static void lendFile(
      HttpServerRequest request, LentMedia<FileChannel>.Loan loan, String type, Watching watching) {
    if (gone(request)) {
      loan.giveBack();
      return;
    }
    Piece file = (response, from, to) -> response.sendFile(loan.copy(), from, (long) to - from);
    send(request, loan.length(), file, type, watching).onComplete(written -> loan.giveBack());
  }

  /** Sends a part as a piece of an answer; false when it is not kept. */
  boolean write(HttpServerResponse response, SegmentStore store, String name) {
    LentMedia<ByteBuffer>.Loan known = hot.borrow(store, name);
    if (known == null) {
      Optional<SegmentStore.Media> found =
          store.get(name).toCompletableFuture().getNow(Optional.empty());
      if (found.isEmpty()) {
        return false;
      }
      known = hot.copy(store, name, found.get());
      if (known == null) {
        response.write(buffer(found.get()));
        return true;
      }
    }
    LentMedia<ByteBuffer>.Loan lent = known;
    response
        .write(BufferInternal.buffer(Unpooled.wrappedBuffer(HotMedia.bytes(lent))))
        .onComplete(written -> lent.giveBack());
    return true;
  }

  static void problem(HttpServerRequest request, int status, String detail) {
    Answers.problem(request, status, status == 404 ? "Not found" : "Unavailable", detail);
  }

  /** Ends an answer with some of the bytes that it is about. */
  private interface Piece {
    Future<Void> end(HttpServerResponse response, int from, int to);
  }

  private static Future<Void> send(
      HttpServerRequest request, Buffer whole, String type, Watching watching) {
    Piece piece =
        (response, from, to) ->
            response.end(to - from == whole.length() ? whole : whole.slice(from, to));
    return send(request, whole.length(), piece, type, watching);
  }

  private static Future<Void> send(
      HttpServerRequest request, int length, Piece bytes, String type, Watching watching) {
    HttpServerResponse response = request.response();
    Optional<ByteRange> range;
    try {
      range = ByteRange.parse(request.getHeader("Range"), length);
    } catch (ByteRange.Unsatisfiable e) {
      response.putHeader("Content-Range", "bytes */" + length);
      Answers.problem(request, 416, "Range not satisfiable", String.valueOf(e.getMessage()));
      return Future.succeededFuture();
    }
    head(request, type, watching);
    int from = 0;
    int to = length;
    if (range.isPresent()) {
      ByteRange part = range.get();
      response.setStatusCode(206).putHeader("Content-Range", part.contentRange(length));
      from = (int) part.first();
      to = (int) part.last() + 1;
    }
    return HttpMethod.HEAD.equals(request.method())
        ? Answers.length(response, to - from)
        : bytes.end(response, from, to);
  }

  static String type(Rendition rendition) {
    return rendition.format().video() ? "video/mp4" : "audio/mp4";
  }

  /** What an answer with media says of it. */
  static void head(HttpServerRequest request, String type, Watching watching) {
    Answers.allowAnyOrigin(request);
    watching.reach().sayHowLong(request.response().headers(), ONE_YEAR_S, ", immutable");
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
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
