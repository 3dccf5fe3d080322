package dev.amphi.packager.web;

import dev.amphi.packager.dash.LowLatencyMpdWriter;
import dev.amphi.packager.dash.MpdWriter;
import dev.amphi.packager.node.LiveProgram;
import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.origin.PlaylistComposer;
import dev.amphi.packager.origin.Position;
import dev.amphi.packager.origin.ProgramWindow;
import dev.amphi.packager.playlist.MultivariantPlaylist;
import dev.amphi.packager.playlist.PlaylistWriter;
import dev.amphi.packager.playlist.UriSuffix;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers with what tells of a class's broadcast as a whole, once it can be played. */
final class Overviews {
  private static final TextAnswer LIST = TextAnswer.playlist(1);
  private static final TextAnswer MANIFEST = new TextAnswer("application/dash+xml", 1, "");

  /** Kept for as long as no other small picture comes. */
  private static final TextAnswer PICTURES = new TextAnswer("text/vtt; charset=utf-8", 5, "");

  private final PackagerNode node;
  private final Admission admission;
  private final Parking parking;
  private final DescriptionCache described = new DescriptionCache();
  private final PictureCache listed = new PictureCache();

  /**
   * A request for something of a room.
   *
   * @param token that stood in the path, or ""
   */
  record Asked(HttpServerRequest request, String room, String token) {}

  Overviews(PackagerNode node, Admission admission, Parking parking) {
    this.node = node;
    this.admission = admission;
    this.parking = parking;
  }

  void variants(Asked asked) {
    list(asked, PlaylistComposer::multivariant);
  }

  void soundOnly(Asked asked) {
    list(asked, PlaylistComposer::soundOnly);
  }

  private void list(Asked asked, Function<ProgramWindow, MultivariantPlaylist> compose) {
    answer(
        asked,
        LIST,
        (program, suffix) ->
            RenderedText.of(PlaylistWriter.write(compose.apply(program.window()), suffix)));
  }

  void manifest(Asked asked) {
    describe(asked, "", MpdWriter::write);
  }

  void lowLatencyManifest(Asked asked) {
    describe(asked, "~", LowLatencyMpdWriter::write);
  }

  private void describe(Asked asked, String kind, DescriptionCache.Writer writer) {
    answer(
        asked,
        MANIFEST,
        (program, suffix) ->
            described.text(
                kind + asked.room(), program.window(), node.wallClock(), suffix, writer));
  }

  void pictures(Asked asked) {
    answer(asked, PICTURES, (program, suffix) -> listed.text(asked.room(), program, suffix));
  }

  private void answer(
      Asked asked, TextAnswer how, BiFunction<LiveProgram, UriSuffix, RenderedText> write) {
    HttpServerRequest request = asked.request();
    LiveProgram program = node.program(asked.room()).orElse(null);
    Watching watching = admission.admit(request, asked.room(), asked.token());
    if (watching == null) {
      return;
    }
    if (program == null) {
      notOnAir(request, "The class '" + asked.room() + "' has no broadcast now: it is not live.");
      return;
    }
    parking.answer(
        request,
        program.plan().targetDurationS(),
        () -> {
          ProgramWindow window = program.window();
          if (window.playable()) {
            how.send(request, write.apply(program, watching.suffix()), watching);
            return null;
          }
          return over(window)
              ? notOnAir(
                  request,
                  "The broadcast of the class '" + asked.room() + "' ended before it began.")
              : new Parking.Wait(program.stream(""), Position.whole(0));
        });
  }

  private static boolean over(ProgramWindow window) {
    return window.renditions().stream().anyMatch(rendition -> rendition.window().ended());
  }

  private static Parking.@Nullable Wait notOnAir(HttpServerRequest request, String detail) {
    Answers.problem(request, 404, "not_live", "Not on air", detail);
    return null;
  }
}
