package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What is decided about others: their place, their role, their media, and the door. */
final class Moderation {
  private final Room room;
  private final StageMedia media;

  Moderation(Room room, StageMedia media) {
    this.room = room;
    this.media = media;
  }

  /** Moves somebody, or oneself, by the stage's life-cycle. */
  void stage(Participant actor, ClientMessage.StageTo stage) throws Refusal {
    Participant target = room.roster().require(stage.participant());
    Set<StageMachine.By> by = EnumSet.noneOf(StageMachine.By.class);
    if (target == actor) {
      by.add(StageMachine.By.SELF);
    }
    if (actor.moderates()) {
      by.add(StageMachine.By.MODERATOR);
    }
    if (by.isEmpty()) {
      throw new Refusal(
          403, "not_allowed", "A " + actor.role().wireName() + " can only move itself.");
    }
    if (target.state() != stage.to()) {
      StageMachine.check(target.state(), stage.to(), by);
      if (actor != target) {
        remember(target, stage.to());
      }
      room.move(target, stage.to());
    }
  }

  /** What a moderator decides holds for whoever comes back by another way too. */
  private void remember(Participant target, StageState to) {
    if (to == StageState.OFF_STAGE && target.state().mayPublish()) {
      room.signalDoor().sendOff(target.id());
    } else if (to == StageState.ACCEPTED || to == StageState.INVITED || to == StageState.ON_STAGE) {
      room.signalDoor().admit(target.id());
    }
  }

  /** Gives somebody another role; who becomes a viewer is off stage at once. */
  void promote(Participant actor, ClientMessage.Promote promote) throws Refusal {
    Participant target = room.roster().require(promote.participant());
    requireNotAbove(actor, target);
    if (promote.role() == Role.INSTRUCTOR) {
      throw new Refusal(
          403, "not_allowed", "Nobody becomes an instructor here: make a token for that.");
    }
    if (target.role() == promote.role()) {
      return;
    }
    target.role(promote.role());
    room.signalDoor().role(target.id(), promote.role());
    if (promote.role() == Role.VIEWER && target.state() != StageState.OFF_STAGE) {
      room.move(target, StageState.OFF_STAGE);
    } else {
      room.changed(target);
    }
    room.polls().tell(target);
  }

  /** A moderator does nothing to an instructor. */
  private static void requireNotAbove(Participant actor, Participant target) throws Refusal {
    if (target.role() == Role.INSTRUCTOR && actor.role() != Role.INSTRUCTOR) {
      throw new Refusal(403, "not_allowed", "A moderator cannot do this to an instructor.");
    }
  }

  /** Locks the class, or unlocks it. */
  void lock(boolean locked) {
    room.signalDoor().lock(locked);
    room.doorChanged();
  }

  /** Keeps somebody out no longer; false when nobody of that id was. */
  boolean letIn(String participantId) {
    return room.signalDoor().letIn(participantId);
  }

  /** Opens the waiting room; closed, it lets those in who wait. */
  void waitingRoom(boolean on) {
    room.signalDoor().waitingRoom(on);
    room.doorChanged();
    if (!on) {
      for (Participant participant : room.roster().all()) {
        if (participant.state() == StageState.WAITING) {
          letIn(participant);
        }
      }
    }
  }

  /** Lets somebody in who waits. */
  void admit(String participantId) throws Refusal {
    letIn(requireWaiting(participantId));
  }

  private void letIn(Participant participant) {
    room.signalDoor().admit(participant.id());
    room.move(participant, StageState.ON_STAGE);
  }

  /** Sends somebody away who waits. */
  void deny(String participantId) throws Refusal {
    Participant target = requireWaiting(participantId);
    room.signalDoor().turnAway(participantId, room.now());
    room.exit()
        .leave(
            target,
            4001,
            "A moderator did not let you in: you may knock again in "
                + SignalDoor.KNOCK_AGAIN_NANOS / 1_000_000_000L
                + " s.");
  }

  private Participant requireWaiting(String participantId) throws Refusal {
    Participant target = room.roster().require(participantId);
    if (target.state() != StageState.WAITING) {
      throw new Refusal(
          409,
          "bad_state",
          "'" + participantId + "' is '" + target.state().wireName() + "' and does not wait.");
    }
    return target;
  }

  /** Mutes, stops or removes somebody; completes when that is kept. */
  CompletionStage<Boolean> moderate(Participant actor, ClientMessage.Moderate moderate)
      throws Refusal {
    Participant target = room.roster().require(moderate.participant());
    requireNotAbove(actor, target);
    return switch (moderate.action()) {
      case MUTE -> {
        media.silence(target, Kind.AUDIO);
        yield CompletableFuture.completedFuture(true);
      }
      case STOP_VIDEO -> {
        media.silence(target, Kind.VIDEO);
        yield CompletableFuture.completedFuture(true);
      }
      case REMOVE -> room.exit().remove(target.id(), "You were removed by a moderator.");
    };
  }
}
