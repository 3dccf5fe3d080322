package dev.amphi.server.web;

import static dev.amphi.server.web.Routes.refusing;

import dev.amphi.composer.slides.SlidesRefused;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.server.adapter.SlideDesk;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.slides.Deck;
import dev.amphi.server.slides.DeckShelf;
import dev.amphi.server.token.DisplayName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code POST /api/rooms/{room}/slides}: a PDF goes straight to the disk, as large as is taken and
 * not a byte more; the answer comes when its first page is drawn and up. Mounted before whatever
 * collects bodies in memory.
 */
final class SlideUpload {
  /** Bodies on their way at a time, in all classes. */
  private static final int MOST_AT_ONCE = 4;

  /** From the first byte to the last: who trickles keeps no place from others for longer. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Guard guard;
  private final SlideDesk desk;
  private final AtomicInteger arriving = new AtomicInteger();

  SlideUpload(Guard guard, SlideDesk desk) {
    this.guard = guard;
    this.desk = desk;
  }

  void mount(Router router) {
    router.post(SlideRoutes.SLIDES).handler(refusing(this::take));
  }

  private void take(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.TURN_SLIDES);
    HttpServerRequest request = context.request();
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.split(";", -1)[0].strip().equalsIgnoreCase("application/pdf")) {
      throw new Refusal(
          415, "not_supported", "The body is '" + type + "', but it must be application/pdf.");
    }
    if (!desk.shelf().mayAdd(passed.roomId())) {
      throw new Refusal(
          409,
          "too_many",
          "The class has " + DeckShelf.MOST_DECKS + " sets of slides already: delete one.");
    }
    if (length(request) > DeckShelf.LARGEST_PDF) {
      throw SlideDesk.refusal(new SlidesRefused(SlidesRefused.Reason.TOO_LARGE));
    }
    if (arriving.incrementAndGet() > MOST_AT_ONCE) {
      arriving.decrementAndGet();
      throw new Refusal(503, "unavailable", "Other slides are arriving: try again in a moment.");
    }
    request.pause();
    long seen = passed.room().picture().turns().last();
    String typed = request.getParam("name", "");
    String name = DisplayName.clean(typed.length() > 200 ? typed.substring(0, 200) : typed);
    Future<Deck> arrived =
        expect(context, passed.roomId())
            .compose(
                pdf ->
                    receive(context, pdf, LONGEST)
                        .compose(done -> begin(context, passed, pdf, name))
                        .onFailure(failure -> blocking(context, () -> desk.shelf().drop(pdf))));
    arrived.onComplete(done -> arriving.decrementAndGet());
    Future<?> answered =
        arrived.compose(deck -> up(context, passed.room(), seen, deck)).onFailure(context::fail);
    RestAudit.outcome(context, answered);
  }

  private static long length(HttpServerRequest request) {
    try {
      String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private Future<Path> expect(RoutingContext context, String roomId) {
    return context.vertx().executeBlocking(() -> desk.shelf().expect(roomId), false);
  }

  private static void blocking(RoutingContext context, Runnable work) {
    context
        .vertx()
        .executeBlocking(
            () -> {
              work.run();
              return true;
            },
            false);
  }

  /** Writes the body, and stops at the limits of bytes and time. */
  static Future<Void> receive(RoutingContext context, Path pdf, Duration longest) {
    OpenOptions options = new OpenOptions().setCreateNew(true).setWrite(true);
    return context
        .vertx()
        .fileSystem()
        .open(pdf.toString(), options)
        .compose(file -> copy(context, file, longest));
  }

  private static Future<Void> copy(RoutingContext context, AsyncFile file, Duration longest) {
    HttpServerRequest request = context.request();
    Promise<Void> whole = Promise.promise();
    long timer =
        context.vertx().setTimer(longest.toMillis(), late -> whole.tryFail(tooSlow(longest)));
    long[] bytes = {0};
    request.handler(
        part -> {
          if (whole.future().isComplete()) {
            return; // What comes after a limit is read and forgotten.
          }
          bytes[0] += part.length();
          if (bytes[0] > DeckShelf.LARGEST_PDF) {
            whole.tryFail(SlideDesk.refusal(new SlidesRefused(SlidesRefused.Reason.TOO_LARGE)));
            return; // The rest is read and forgotten; the connection's own limits end it.
          }
          file.write(part).onFailure(whole::tryFail);
          if (file.writeQueueFull()) {
            request.pause();
            file.drainHandler(drained -> request.resume());
          }
        });
    request.endHandler(ended -> whole.tryComplete());
    request.exceptionHandler(whole::tryFail);
    request.resume();
    return whole
        .future()
        .eventually(
            () -> {
              context.vertx().cancelTimer(timer);
              request.resume(); // It may rest for a file that is no longer written.
              return file.close();
            });
  }

  private static Refusal tooSlow(Duration longest) {
    return new Refusal(
        408,
        "too_slow",
        "The slides did not arrive within "
            + longest.toSeconds()
            + " seconds: try again over a faster connection, or with a smaller PDF.");
  }

  private Future<Deck> begin(RoutingContext context, Guard.Passed passed, Path pdf, String name) {
    return context
        .vertx()
        .executeBlocking(
            () -> {
              try {
                Deck deck =
                    desk.shelf().add(passed.roomId(), pdf, name.isEmpty() ? "Slides" : name);
                passed
                    .room()
                    .over()
                    .thenRunAsync(
                        () -> desk.shelf().forget(passed.roomId()), Thread::startVirtualThread);
                return deck;
              } catch (SlidesRefused refused) {
                throw SlideDesk.refusal(refused);
              }
            },
            false);
  }

  /** Answers when the first page is in front of the class, or would be. */
  private Future<Void> up(RoutingContext context, Classroom room, long seen, Deck deck) {
    return Future.fromCompletionStage(deck.first(), context.vertx().getOrCreateContext())
        .recover(failure -> Future.failedFuture(SlideDesk.refusal(failure)))
        .compose(
            page ->
                Future.fromCompletionStage(
                    desk.arrived(room, seen, deck, page), context.vertx().getOrCreateContext()))
        .map(
            status -> {
              Answers.send(context, 201, SlideRoutes.deck(deck));
              return null;
            });
  }
}
