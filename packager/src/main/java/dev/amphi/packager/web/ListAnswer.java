package dev.amphi.packager.web;

import dev.amphi.packager.node.LiveProgram;
import dev.amphi.packager.origin.BlockingReload;
import dev.amphi.packager.origin.ListKind;
import dev.amphi.packager.origin.PlaylistRequest;
import dev.amphi.packager.origin.ProgramWindow;
import dev.amphi.packager.origin.Rendition;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Answers with a media playlist, at once or when it has what is asked for. */
final class ListAnswer {
  private final Parking parking;
  private final PlaylistCache cache = new PlaylistCache();

  ListAnswer(Parking parking) {
    this.parking = parking;
  }

  void answer(
      HttpServerRequest request, LiveProgram program, String id, ListKind kind, Watching watching) {
    PlaylistRequest directives = directives(request);
    if (directives != null) {
      PlaylistRequest wanted = kind == ListKind.MEDIA ? directives : directives.ofWholeSegments();
      parking.answer(
          request,
          program.plan().targetDurationS(),
          () -> attempt(request, program, id, kind, wanted, watching));
    }
  }

  private static @Nullable PlaylistRequest directives(HttpServerRequest request) {
    Query query = Query.of(request);
    if (!query.readable()) {
      malformed(request, "The query cannot be decoded: a % stands before two hexadecimal digits.");
      return null;
    }
    try {
      return query.parameters().isEmpty() ? PlaylistRequest.PLAIN : PlaylistRequest.parse(query);
    } catch (PlaylistRequest.Malformed e) {
      malformed(request, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static void malformed(HttpServerRequest request, String detail) {
    Answers.problem(request, 400, "Malformed request", detail);
  }

  private Parking.@Nullable Wait attempt(
      HttpServerRequest request,
      LiveProgram program,
      String id,
      ListKind kind,
      PlaylistRequest wanted,
      Watching watching) {
    ProgramWindow window = program.window();
    Rendition rendition = kind == ListKind.CAPTIONS ? window.lead() : window.rendition(id);
    if (rendition == null || (kind == ListKind.I_FRAMES && !rendition.format().video())) {
      Answers.nowhere(request);
      return null;
    }
    return switch (BlockingReload.decide(rendition.window(), wanted)) {
      case BlockingReload.Await await ->
          new Parking.Wait(program.stream(rendition.id()), await.position());
      case BlockingReload.Refuse refuse -> {
        Answers.problem(request, 400, "Bad request", refuse.detail());
        yield null;
      }
      case BlockingReload.Answer answer -> {
        RenderedText text =
            cache.render(
                kind,
                program.stream(rendition.id()),
                window,
                rendition.window(),
                wanted.skip(),
                watching.suffix());
        int target = program.plan().targetDurationS();
        TextAnswer.playlist(wanted.blocking() ? 6 * target : target / 2)
            .send(request, text, watching);
        yield null;
      }
    };
  }
}
