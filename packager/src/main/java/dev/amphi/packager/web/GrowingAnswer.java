package dev.amphi.packager.web;

import dev.amphi.packager.node.LiveProgram;
import dev.amphi.packager.origin.MediaName;
import dev.amphi.packager.origin.Position;
import dev.amphi.packager.origin.Rendition;
import dev.amphi.packager.segment.OpenSegment;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentWindow;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * One answer with a segment that may still be made: each part goes out when it is whole, in an
 * answer whose length nobody knows yet (RFC 9112 §7.1). Between two parts it waits among the
 * requests that are parked, and so counts among them; nothing is sent before the first part is
 * there. Who cannot take that, or asks for a range, waits for the whole. Confined to the request's
 * event loop.
 */
final class GrowingAnswer implements Parking.Attempt {
  /**
   * So many segments ahead may be asked for: players of numbers go by the clock, however late the
   * program is, and what takes longer to come than a request may wait they are told so at once.
   */
  private static final int AHEAD = 4;

  private final MediaAnswer media;
  private final HttpServerRequest request;
  private final LiveProgram program;
  private final Rendition rendition;
  private final long msn;
  private final Watching watching;
  private final boolean inParts;
  private boolean seated;
  private int sent;

  /**
   * @param rendition as it was when the request came
   */
  GrowingAnswer(
      MediaAnswer media,
      HttpServerRequest request,
      LiveProgram program,
      Rendition rendition,
      long msn,
      Watching watching) {
    this.media = media;
    this.request = request;
    this.program = program;
    this.rendition = rendition;
    this.msn = msn;
    this.watching = watching;
    this.inParts = request.version() != HttpVersion.HTTP_1_0 && request.getHeader("Range") == null;
  }

  @Override
  public Parking.@Nullable Wait attempt() {
    String stored = stored(new MediaName.WholeSegment(msn));
    if (sent == 0 && program.store().has(stored)) {
      media.send(request, program.store(), stored, MediaAnswer.type(rendition), watching);
      return null;
    }
    Rendition now = program.window().rendition(rendition.id());
    SegmentWindow window = now == null ? rendition.window() : now.window();
    Segment whole = window.segment(msn);
    if (whole != null && !whole.gap() && sent > 0) {
      return grow(whole.parts().size()) ? end() : breakOff();
    }
    OpenSegment open = window.open();
    boolean growing = open != null && open.msn() == msn;
    if (growing && inParts && seated && !window.openParts().isEmpty()) {
      return grow(window.openParts().size()) ? next() : breakOff();
    }
    return growing || (sent == 0 && mayCome(msn, window)) ? next() : breakOff();
  }

  private static boolean mayCome(long msn, SegmentWindow window) {
    return !window.ended() && msn > window.lastMsn() && msn <= window.lastMsn() + AHEAD;
  }

  private Parking.@Nullable Wait next() {
    if (request.response().ended()) {
      return null; // Only its head was asked for.
    }
    seated = true; // Once there is room for it among those that wait; tried again then.
    Position position = inParts ? new Position(msn, sent) : Position.whole(msn);
    return new Parking.Wait(program.stream(rendition.id()), position);
  }

  private Parking.@Nullable Wait breakOff() {
    if (request.response().headWritten()) {
      Answers.breakOff(request);
    } else {
      MediaAnswer.problem(request, 404, MediaAnswer.NOT_KEPT);
    }
    return null;
  }

  /** Sends what there is of so many parts; false when one of them is gone. */
  private boolean grow(int parts) {
    HttpServerResponse response = request.response();
    if (!response.headWritten()) {
      MediaAnswer.head(request, MediaAnswer.type(rendition), watching);
      response.setChunked(true);
      if (HttpMethod.HEAD.equals(request.method())) {
        response.end();
        return true;
      }
    }
    for (; sent < parts; sent++) {
      String part = stored(new MediaName.SegmentPart(msn, sent));
      if (!media.write(response, program.store(), part)) {
        return false;
      }
    }
    return true;
  }

  private String stored(MediaName name) {
    return LiveProgram.storeName(rendition.id(), name);
  }

  private Parking.@Nullable Wait end() {
    request.response().end();
    return null;
  }
}
