package dev.amphi.interactive.signal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amphi.interactive.api.ProgramNotice;
import dev.amphi.interactive.api.RecordingNotice;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.SlidesUp;
import java.util.List;
import java.util.Set;

/** The field {@code room} of the server's messages, for those who see all of it and for others. */
final class RoomFields {
  private static final List<String> INSIDE =
      List.of("spotlight", "hidden", "program", "recording_notice");

  private RoomFields() {}

  /** All of it, as who moderates sees it. */
  static ObjectNode room(RoomStatus room, int viewers) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (room.startsAt() != null) {
      node.put("starts_at", ServerEncoder.time(room.startsAt()));
    }
    if (room.breakUntil() != null) {
      node.put("break_until", ServerEncoder.time(room.breakUntil()));
    }
    if (room.recordingPaused()) {
      node.put("recording_paused", true);
    }
    if (room.recordingTracks()) {
      node.put("recording_tracks", true);
    }
    if (!room.recordingNotice().equals(RecordingNotice.NONE)) {
      node.putObject("recording_notice")
          .put("failed", room.recordingNotice().failed())
          .put("detail", room.recordingNotice().detail())
          .put("stored_detail", room.recordingNotice().storedDetail());
    }
    if (!room.pushes().isEmpty()) {
      room.pushes().forEach(node.putArray("pushes")::add);
    }
    node.put("id", room.id())
        .put("title", room.title())
        .put("state", room.state())
        .put("audience", room.audience())
        .put("live", room.live())
        .put("recording", room.recording())
        .put("layout", room.layout())
        .put("spotlight", room.spotlight());
    room.hidden().forEach(node.putArray("hidden")::add);
    node.put("epoch", room.epoch()).put("viewers", viewers);
    room.slides().ifPresent(slides -> node.set("slides", slides(slides)));
    if (!room.program().equals(ProgramNotice.NONE)) {
      ObjectNode program =
          node.putObject("program")
              .put("without", room.program().without())
              .put("restarts", room.program().restarts());
      room.program().shutOut().forEach(program.putArray("shut_out")::add);
      room.program().resting().forEach(program.putArray("resting")::add);
    }
    return node;
  }

  /**
   * What somebody sees of the room who is on the way to the stage, or there, and does not moderate:
   * whether the teacher hides it, and which of its tracks the program goes without; of others
   * neither, nor how the machine and the recording do.
   */
  static ObjectNode onStage(ObjectNode room, String id, Set<String> trackIds) {
    ObjectNode node = room.deepCopy();
    node.remove("recording_notice");
    retain(node.withArray("hidden"), Set.of(id));
    if (node.get("program") instanceof ObjectNode program) {
      ArrayNode shutOut = program.withArray("shut_out");
      ArrayNode resting = program.withArray("resting");
      retain(shutOut, trackIds);
      retain(resting, trackIds);
      if (shutOut.isEmpty() && resting.isEmpty()) {
        node.remove("program");
      } else {
        program.put("without", "").put("restarts", 0);
      }
    }
    return node;
  }

  private static void retain(ArrayNode words, Set<String> kept) {
    for (int i = words.size() - 1; i >= 0; i--) {
      if (!kept.contains(words.get(i).asText())) {
        words.remove(i);
      }
    }
  }

  /**
   * What those see of the room who neither moderate nor are on their way to the stage: not whom the
   * teacher hides or puts in front, what the program goes without, what is the matter with the
   * recording, or how a file is called.
   */
  static ObjectNode outside(ObjectNode room) {
    ObjectNode node = room.deepCopy().without(INSIDE);
    if (node.get("slides") instanceof ObjectNode slides) {
      slides.put("name", "");
    }
    return node;
  }

  private static ObjectNode slides(SlidesUp slides) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("deck", slides.deck())
        .put("page", slides.page())
        .put("pages", slides.pages())
        .put("name", slides.name())
        .put("title", slides.title())
        .put("width", slides.width())
        .put("height", slides.height());
  }
}
