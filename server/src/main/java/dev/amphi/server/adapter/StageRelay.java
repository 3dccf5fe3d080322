package dev.amphi.server.adapter;

import dev.amphi.interactive.api.BoardChange;
import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.interactive.api.StageAct;
import dev.amphi.interactive.api.StageListener;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.room.Classrooms;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells each class what happens on its stage. */
public final class StageRelay implements StageListener {
  /** What has to be remembered of what happens on a stage. */
  public interface Chronicle {
    /** Somebody moderated, or was refused. */
    void acted(String roomId, StageAct act);

    /** Somebody came in, or changed; must not block. */
    default void changed(String roomId, ParticipantView participant) {}

    /** Somebody is gone; must not block. */
    default void left(String roomId, String participantId) {}

    /** Somebody was removed for good; completes when that outlives the node. */
    CompletionStage<Void> removed(String roomId, String participantId);
  }

  private final Supplier<Classrooms> classrooms;
  private final Chronicle chronicle;
  private final Map<String, Integer> viewers = new ConcurrentHashMap<>();
  private final Set<Present> present = ConcurrentHashMap.newKeySet();

  private record Present(String roomId, String participantId) {}

  /**
   * @param classrooms asked at each event, because the stage exists before the classes do
   */
  public StageRelay(Supplier<Classrooms> classrooms, Chronicle chronicle) {
    this.classrooms = classrooms;
    this.chronicle = chronicle;
  }

  /** People who watch a room with the signalling socket open. */
  public int viewers(String roomId) {
    return viewers.getOrDefault(roomId, 0);
  }

  /** The same over all rooms. */
  public int viewers() {
    return viewers.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Participants over all rooms. */
  public int participants() {
    return present.size();
  }

  private @Nullable Classroom room(String roomId) {
    return classrooms.get().find(roomId).orElse(null);
  }

  @Override
  public void participantChanged(String roomId, ParticipantView participant) {
    present.add(new Present(roomId, participant.id()));
    chronicle.changed(roomId, participant);
    Classroom room = room(roomId);
    if (room != null) {
      room.stage().participantChanged(participant);
    }
  }

  @Override
  public void participantLeft(String roomId, String participantId) {
    present.remove(new Present(roomId, participantId));
    chronicle.left(roomId, participantId);
    Classroom room = room(roomId);
    if (room != null) {
      room.stage().participantLeft(participantId);
    }
  }

  @Override
  public CompletionStage<Void> participantRemoved(String roomId, String participantId) {
    return chronicle.removed(roomId, participantId);
  }

  @Override
  public void acted(String roomId, StageAct act) {
    chronicle.acted(roomId, act);
  }

  @Override
  public void decided(String roomId, Decisions decisions) {
    Classroom room = room(roomId);
    if (room != null) {
      room.stage().decided(decisions);
    }
  }

  @Override
  public void speakerChanged(String roomId, String participantId) {
    Classroom room = room(roomId);
    if (room != null) {
      room.stage().speakerChanged(participantId);
    }
  }

  @Override
  public void frame(String roomId, TrackView track, EncodedFrame frame) {
    Classroom room = room(roomId);
    if (room != null) {
      room.stage().frame(track, frame);
    }
  }

  @Override
  public void keptFrame(String roomId, TrackView track, EncodedFrame frame) {
    Classroom room = room(roomId);
    if (room != null) {
      room.stage().keptFrame(track, frame);
    }
  }

  @Override
  public void programWanted(String roomId, Set<ProgramStream> streams) {
    Classroom room = room(roomId);
    if (room != null) {
      room.stage().programWanted(streams);
    }
  }

  @Override
  public void asked(String roomId, String question) {
    Classroom room = room(roomId);
    if (room != null) {
      room.stage().asked(question);
    }
  }

  @Override
  public void drawn(String roomId, BoardChange change) {
    Classroom room = room(roomId);
    if (room != null) {
      room.stage().drawn(change);
    }
  }

  @Override
  public void viewersChanged(String roomId, int count) {
    if (count == 0) {
      viewers.remove(roomId);
    } else {
      viewers.put(roomId, count);
    }
  }
}
