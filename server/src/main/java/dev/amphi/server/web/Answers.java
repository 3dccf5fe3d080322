package dev.amphi.server.web;

import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.ProgramNotice;
import dev.amphi.interactive.api.RecordingNotice;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.SlidesUp;
import dev.amphi.packager.api.Chapter;
import dev.amphi.packager.api.Integrity;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.server.push.PushState;
import dev.amphi.server.push.PushView;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;

/** The API's JSON shapes. */
final class Answers {
  private Answers() {}

  /**
   * A room.
   *
   * @param inside whether who asks moderates: nobody else is told whom the teacher hides or puts in
   *     front, what the program goes without, what is the matter with the recording, or how a file
   *     is called
   */
  static JsonObject room(RoomStatus room, int viewers, boolean inside) {
    JsonObject json = new JsonObject();
    if (room.startsAt() != null) {
      json.put("starts_at", room.startsAt().toString());
    }
    if (room.breakUntil() != null) {
      json.put("break_until", room.breakUntil().toString());
    }
    if (room.recordingPaused()) {
      json.put("recording_paused", true);
    }
    if (room.recordingTracks()) {
      json.put("recording_tracks", true);
    }
    if (!room.pushes().isEmpty()) {
      json.put("pushes", new JsonArray(room.pushes()));
    }
    json.put("id", room.id())
        .put("title", room.title())
        .put("state", room.state())
        .put("audience", room.audience())
        .put("live", room.live())
        .put("recording", room.recording())
        .put("layout", room.layout())
        .put("epoch", room.epoch())
        .put("viewers", viewers)
        .put("hls", "/hls/" + room.id() + "/index.m3u8");
    room.slides().map(Answers::slides).ifPresent(up -> json.put("slides", up));
    if (inside) {
      json.put("spotlight", room.spotlight()).put("hidden", new JsonArray(room.hidden()));
      if (!room.program().equals(ProgramNotice.NONE)) {
        json.put("program", program(room.program()));
      }
      if (!room.recordingNotice().equals(RecordingNotice.NONE)) {
        json.put("recording_notice", recordingNotice(room.recordingNotice()));
      }
    } else if (json.getJsonObject("slides") != null) {
      json.getJsonObject("slides").put("name", "");
    }
    return json;
  }

  private static JsonObject program(ProgramNotice notice) {
    return new JsonObject()
        .put("without", notice.without())
        .put("restarts", notice.restarts())
        .put("shut_out", new JsonArray(notice.shutOut()))
        .put("resting", new JsonArray(notice.resting()));
  }

  private static JsonObject recordingNotice(RecordingNotice notice) {
    return new JsonObject()
        .put("failed", notice.failed())
        .put("detail", notice.detail())
        .put("stored_detail", notice.storedDetail());
  }

  static JsonObject slides(SlidesUp up) {
    return new JsonObject()
        .put("deck", up.deck())
        .put("page", up.page())
        .put("pages", up.pages())
        .put("name", up.name())
        .put("title", up.title())
        .put("width", up.width())
        .put("height", up.height());
  }

  static JsonObject participant(ParticipantView participant) {
    JsonArray tracks = new JsonArray();
    participant
        .tracks()
        .forEach(
            track ->
                tracks.add(
                    new JsonObject()
                        .put("id", track.id())
                        .put("kind", track.kind().wireName())
                        .put("source", track.source().wireName())
                        .put("codec", track.codec().name().toLowerCase(Locale.ROOT))
                        .put("muted", track.muted())));
    JsonObject json =
        new JsonObject()
            .put("id", participant.id())
            .put("name", participant.name())
            .put("role", participant.role().wireName())
            .put("state", participant.state().wireName())
            .put("tracks", tracks);
    if (participant.consent() != Consent.UNSTATED) {
      json.put("consent", participant.consent().wireName());
    }
    return json;
  }

  static JsonObject recording(RecordingView recording) {
    JsonObject json =
        new JsonObject()
            .put("id", recording.id())
            .put("state", recording.state())
            .put("duration_s", Math.round(recording.durationS() * 1000) / 1000.0)
            .put("url", recording.url().isEmpty() ? null : recording.url());
    if (recording.paused()) {
      json.put("paused", true);
    }
    if (!recording.captionsUrl().isEmpty()) {
      json.put("captions", recording.captionsUrl());
    }
    recording
        .pictures()
        .ifPresent(
            small ->
                json.put("thumbnails", small.thumbnailsUrl()).put("poster", small.posterUrl()));
    if (!recording.chapters().isEmpty()) {
      json.put("chapters", chapters(recording.chapters()));
    }
    recording.part().ifPresent(part -> json.put("trim", trim(part)));
    if (!recording.compositions().isEmpty()) {
      json.put("compositions", compositions(recording.compositions()));
    }
    recording
        .kept()
        .ifPresent(
            kept -> {
              if (!kept.title().isEmpty()) {
                json.put("title", kept.title());
              }
              json.put("published", kept.published())
                  .put("started_at", kept.startedAt().toString())
                  .put("encrypted", kept.encrypted())
                  .put("held", kept.held());
              if (kept.stored() != null) {
                json.put("stored", kept.stored().state());
                if (!kept.stored().detail().isEmpty()) {
                  json.put("stored_detail", kept.stored().detail());
                }
              }
              if (kept.expiresAt() != null) {
                json.put("expires_at", kept.expiresAt().toString());
              }
            });
    if (!recording.detail().isEmpty()) {
      json.put("detail", recording.detail());
    }
    return json;
  }

  private static JsonArray chapters(List<Chapter> chapters) {
    JsonArray all = new JsonArray();
    chapters.forEach(
        one -> all.add(new JsonObject().put("start_s", one.startS()).put("title", one.title())));
    return all;
  }

  private static JsonObject trim(RecordingView.Trim part) {
    JsonObject json =
        new JsonObject()
            .put("from_s", part.fromS())
            .put("duration_s", part.durationS())
            .put("url", part.url());
    if (!part.captionsUrl().isEmpty()) {
      json.put("captions", part.captionsUrl());
    }
    if (!part.thumbnailsUrl().isEmpty()) {
      json.put("thumbnails", part.thumbnailsUrl());
    }
    if (!part.chapters().isEmpty()) {
      json.put("chapters", chapters(part.chapters()));
    }
    return json;
  }

  private static JsonArray compositions(List<RecordingView.Composition> compositions) {
    JsonArray all = new JsonArray();
    for (RecordingView.Composition one : compositions) {
      JsonObject json = new JsonObject().put("show", one.show()).put("state", one.state());
      if (!one.url().isEmpty()) {
        json.put("duration_s", one.durationS()).put("url", one.url());
      }
      if (!one.detail().isEmpty()) {
        json.put("detail", one.detail());
      }
      all.add(json);
    }
    return all;
  }

  /** A push; its secrets are not in it. */
  static JsonObject push(PushView push) {
    JsonObject json =
        new JsonObject()
            .put("id", push.id())
            .put("name", push.name())
            .put("url", push.url())
            .put("rendition", push.rendition().isEmpty() ? null : push.rendition())
            .put("state", push.state().wireName())
            .put("state_for_s", push.stateForS())
            .put("bytes", push.bytes())
            .put("reconnects", push.reconnects())
            .put("dropped_groups", push.droppedGroups());
    if (!push.detail().isEmpty()) {
      json.put("detail", push.detail());
    }
    if (push.state() == PushState.RETRYING) {
      json.put("retry_in_s", push.retryInS());
    }
    return json;
  }

  static JsonObject integrity(Integrity integrity) {
    JsonObject json =
        new JsonObject().put("state", integrity.state()).put("seal", integrity.seal());
    if (!integrity.detail().isEmpty()) {
      json.put("detail", integrity.detail());
    }
    return json;
  }

  static void send(RoutingContext context, int status, Object json) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(Json.encodeToBuffer(json));
  }
}
