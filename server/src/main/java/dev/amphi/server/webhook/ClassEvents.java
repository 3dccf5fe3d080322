package dev.amphi.server.webhook;

import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageState;
import dev.amphi.packager.api.Packager;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.server.room.ClassNews;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Turns what happens in classes into events; thread-safe and never blocking. */
public final class ClassEvents implements ClassNews, Packager.RecordingListener {
  /** Takes an event; returns at once. */
  public interface Sink {
    /** It happened. */
    void tell(String type, Instant at, JsonObject data);
  }

  private record Person(String room, String id) {}

  private final Sink sink;
  private final InstantSource clock;
  private final Map<Person, ParticipantView> onStage = new ConcurrentHashMap<>();

  /** Recordings that run, by room and id, and whether they are paused. */
  private final Map<Person, Boolean> running = new ConcurrentHashMap<>();

  public ClassEvents(Sink sink, InstantSource clock) {
    this.sink = sink;
    this.clock = clock;
  }

  @Override
  public void became(RoomStatus room) {
    JsonObject json =
        new JsonObject()
            .put("id", room.id())
            .put("title", room.title())
            .put("state", room.state())
            .put("audience", room.audience());
    if (room.startsAt() != null) {
      json.put("starts_at", room.startsAt().toString());
    }
    tell("class." + room.state(), new JsonObject().put("room", json));
  }

  /** Somebody came, or changed. */
  public void participantChanged(String room, ParticipantView participant) {
    Person person = new Person(room, participant.id());
    if (participant.state() != StageState.ON_STAGE) {
      participantLeft(room, participant.id());
    } else if (onStage.put(person, participant) == null) {
      stage("stage.joined", room, participant);
    }
  }

  /** Somebody is gone. */
  public void participantLeft(String room, String id) {
    ParticipantView before = onStage.remove(new Person(room, id));
    if (before != null) {
      stage("stage.left", room, before);
    }
  }

  private void stage(String type, String room, ParticipantView who) {
    JsonObject participant =
        new JsonObject()
            .put("id", who.id())
            .put("name", who.name())
            .put("role", who.role().wireName());
    tell(type, new JsonObject().put("room", room).put("participant", participant));
  }

  @Override
  public void changed(RecordingView view) {
    Person key = new Person(view.roomId(), view.id());
    switch (view.state()) {
      case "recording" -> {
        Boolean before = running.put(key, view.paused());
        if (before == null) {
          recording("recording.started", view);
        }
        if (view.paused() != Boolean.TRUE.equals(before)) {
          recording(view.paused() ? "recording.paused" : "recording.resumed", view);
        }
      }
      case "ready", "failed" -> {
        running.remove(key);
        recording("recording." + view.state(), view);
      }
      default -> {} // On its way to one of these.
    }
  }

  /** What an earlier run had told already is no news. */
  @Override
  public void found(RecordingView view) {}

  @Override
  public void erased(String room, String id) {
    tell(
        "recording.erased",
        new JsonObject().put("room", room).put("recording", new JsonObject().put("id", id)));
  }

  private void recording(String type, RecordingView view) {
    JsonObject recording =
        new JsonObject()
            .put("id", view.id())
            .put("state", view.state())
            .put("duration_s", Math.round(view.durationS() * 1000) / 1000.0)
            .put("url", view.url().isEmpty() ? null : view.url());
    view.kept()
        .ifPresent(
            kept -> recording.put("title", kept.title()).put("started_at", kept.startedAt()));
    if (!view.detail().isEmpty()) {
      recording.put("detail", view.detail());
    }
    tell(type, new JsonObject().put("room", view.roomId()).put("recording", recording));
  }

  private void tell(String type, JsonObject data) {
    sink.tell(type, clock.instant(), data);
  }
}
