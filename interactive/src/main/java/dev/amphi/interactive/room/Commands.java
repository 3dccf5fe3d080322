package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.signal.ClientEnvelope;
import dev.amphi.interactive.signal.ClientMessage;
import dev.amphi.interactive.signal.ServerMessage;
import dev.amphi.interactive.signal.ServerMessage.Result;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Carries out what participants say on their sockets. */
final class Commands {
  private static final Result NOTHING = new Result.Nothing();

  /** A client that goes on and on beyond its rate is thrown out. */
  private static final int FLOOD = 200;

  /** More hands than anybody takes; the queue is listed to everybody. */
  private static final int MOST_HANDS = 100;

  /** Chat messages in a second, of all together: each goes to everybody. */
  static final int CHATS = 20;

  private final Room room;
  private final Door door;
  private final StageMedia media;
  private final TokenBucket chats = new TokenBucket(CHATS, 1_000_000_000L, Long.MIN_VALUE);

  Commands(Room room, Door door, StageMedia media) {
    this.door = door;
    this.room = room;
    this.media = media;
  }

  /** Runs a command once and answers it. */
  void run(Participant actor, SignalSession session, ClientEnvelope envelope) {
    long now = room.now();
    if (!session.take(envelope.n(), envelope.ack(), now)
        || envelope.message() instanceof ClientMessage.Pong) {
      return;
    }
    try {
      limit(actor, session, envelope.message(), now);
      Permissions.check(envelope.message(), actor.role(), actor.state());
      Rights.check(envelope.message(), actor.grant());
      Optional<Result> result = execute(actor, session, envelope.n(), envelope.message());
      result.ifPresent(done -> session.answer(envelope.n(), new ServerMessage.Ok(done), now));
      room.tellDecisions();
      SignalAudit.told(room, actor, envelope.message(), "ok");
    } catch (Refusal refusal) {
      SignalAudit.told(room, actor, envelope.message(), refusal.code());
      refuse(session, envelope.n(), refusal);
    } catch (RuntimeException e) {
      room.log(actor, "a command failed: " + e);
      SignalAudit.told(room, actor, envelope.message(), "unavailable");
      refuse(session, envelope.n(), failed());
    }
  }

  private static Refusal failed() {
    return new Refusal(500, "unavailable", "The server could not do it; try again.");
  }

  /** Answers a message that could not be read; it counts like any other. */
  void unreadable(Participant actor, SignalSession session, long n, Refusal refusal) {
    long now = room.now();
    cutOffFlood(session, actor.overRate(now), now);
    if (n == 0 || session.take(n, 0, now)) {
      refuse(session, n, refusal);
    }
  }

  private void refuse(SignalSession session, long n, Refusal refusal) {
    room.context().meter().commandRefused(refusal.code());
    session.answer(
        n,
        new ServerMessage.Failed(refusal.code(), refusal.status(), refusal.detail()),
        room.now());
  }

  private void limit(Participant actor, SignalSession session, ClientMessage message, long now)
      throws Refusal {
    if (message instanceof ClientMessage.Show) {
      if (!actor.mayGesture(now)) {
        throw Gestures.tooMany();
      }
      return;
    }
    int refused = actor.overRate(now);
    cutOffFlood(session, refused, now);
    if (refused > 0) {
      throw new Refusal(429, "too_many", "At most 20 commands a second are taken: slow down.");
    }
    if (message instanceof ClientMessage.Chat && !actor.mayChat(now)) {
      throw new Refusal(429, "too_many", "At most 5 chat messages in 5 seconds are taken.");
    }
  }

  private static void cutOffFlood(SignalSession session, int refusedInARow, long now) {
    if (refusedInARow > FLOOD) {
      session.interrupt(1008, "More than 20 commands a second, again and again.", now);
    }
  }

  private Optional<Result> execute(
      Participant actor, SignalSession session, long n, ClientMessage message) throws Refusal {
    switch (message) {
      case ClientMessage.Offer offer -> {
        return Optional.of(media.offer(actor, offer));
      }
      case ClientMessage.Subscribe subscribe ->
          media.subscribe(actor, subscribe.mid(), subscribe.track().orElse(null));
      case ClientMessage.View view -> media.view(actor, view);
      case ClientMessage.Mute mute -> media.mute(actor, mute.source(), mute.muted());
      case ClientMessage.Unpublish unpublish -> media.unpublish(actor, unpublish.source());
      case ClientMessage.Hand hand -> hand(actor, hand.raised());
      case ClientMessage.StageTo stage -> stage(actor, stage);
      case ClientMessage.Moderate moderate -> moderate(actor, moderate);
      case ClientMessage.Promote promote -> promote(actor, promote);
      case ClientMessage.Lock lock -> lock(lock.locked());
      case ClientMessage.WaitingRoom waiting -> waitingRoom(waiting.on());
      case ClientMessage.Admit admit -> {
        if (admit.admitted()) {
          admit(admit.participant());
        } else {
          deny(admit.participant());
        }
      }
      case ClientMessage.Chat chat -> {
        return Optional.of(chat(actor, chat.text()));
      }
      case ClientMessage.Reaction reaction -> room.gestures().react(actor, reaction.emoji());
      case ClientMessage.Show show -> room.gestures().relay(actor, show.gesture());
      case ClientMessage.Undo undo -> room.gestures().undo(actor, undo.id());
      case ClientMessage.Clear clear -> room.gestures().clear();
      case ClientMessage.Live live ->
          ask(session, n, room.context().desk().setLive(actor.grant(), live.live()));
      case ClientMessage.Layout layout -> {
        String spotlight = layout.spotlight().orElse("");
        if (!spotlight.isEmpty()) {
          room.roster().require(spotlight);
        }
        ask(session, n, room.context().desk().setLayout(actor.grant(), layout.layout(), spotlight));
      }
      case ClientMessage.Recording recording ->
          ask(session, n, room.context().desk().setRecording(actor.grant(), recording.recording()));
      case ClientMessage.End end -> ask(session, n, room.context().desk().end(actor.grant()));
      case ClientMessage.Stats stats -> room.digests().take(actor, stats.digest());
      case ClientMessage.Leave leave -> {
        session.answer(n, new ServerMessage.Ok(NOTHING), room.now());
        room.leave(actor, 1000, "left");
        return Optional.empty();
      }
      case ClientMessage.Token token -> token(actor, token.token());
      case ClientMessage.Hello hello -> {}
      case ClientMessage.Ping ping -> {}
      case ClientMessage.Pong pong -> {}
    }
    boolean later =
        message instanceof ClientMessage.Live
            || message instanceof ClientMessage.Layout
            || message instanceof ClientMessage.Recording
            || message instanceof ClientMessage.End;
    return later ? Optional.empty() : Optional.of(NOTHING);
  }

  /** Goes on with a newer token; somebody else's, or none, opens no door from inside. */
  private void token(Participant actor, String token) throws Refusal {
    Grant grant = room.context().admission().admit(room.id(), token, null);
    if (!grant.participantId().equals(actor.id())) {
      throw new Refusal(
          403,
          "not_allowed",
          "This token is for '" + grant.participantId() + "', and you are '" + actor.id() + "'.");
    }
    door.renew(actor, grant);
  }

  /** Answers when the server has carried a command out. */
  private void ask(SignalSession session, long n, CompletionStage<RoomStatus> asked) {
    asked.whenComplete(
        (status, failure) ->
            room.context().loop().execute(() -> told(session, n, status, failure)));
  }

  private void told(
      SignalSession session, long n, @Nullable RoomStatus status, @Nullable Throwable failure) {
    if (failure == null && status != null) {
      session.answer(
          n,
          new ServerMessage.Ok(new Result.RoomState(status, room.roster().viewers())),
          room.now());
      return;
    }
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof Refusal refusal) {
      refuse(session, n, refusal);
    } else {
      room.log(null, "a class command failed: " + cause);
      refuse(session, n, failed());
    }
  }

  private void hand(Participant actor, boolean raised) throws Refusal {
    StageState to = raised ? StageState.REQUESTED : StageState.OFF_STAGE;
    if (raised && room.signalDoor().locked()) {
      throw SignalDoor.locked403();
    }
    if (raised && actor.state() != to && room.roster().hands() >= MOST_HANDS) {
      throw new Refusal(
          429, "too_many", MOST_HANDS + " hands are up already: try again when some are down.");
    }
    if (actor.state() != to) {
      StageMachine.check(actor.state(), to, EnumSet.of(StageMachine.By.HAND));
      room.move(actor, to);
    }
  }

  private void stage(Participant actor, ClientMessage.StageTo stage) throws Refusal {
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

  private void promote(Participant actor, ClientMessage.Promote promote) throws Refusal {
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

  private void deny(String participantId) throws Refusal {
    Participant target = requireWaiting(participantId);
    room.signalDoor().turnAway(participantId, room.now());
    room.leave(
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

  private void moderate(Participant actor, ClientMessage.Moderate moderate) throws Refusal {
    Participant target = room.roster().require(moderate.participant());
    requireNotAbove(actor, target);
    switch (moderate.action()) {
      case MUTE -> media.silence(target, dev.amphi.interactive.api.TrackView.Kind.AUDIO);
      case STOP_VIDEO -> media.silence(target, dev.amphi.interactive.api.TrackView.Kind.VIDEO);
      case REMOVE -> room.remove(target.id(), "You were removed by a moderator.");
    }
  }

  private Result chat(Participant actor, String text) throws Refusal {
    if (!chats.take(room.now())) {
      throw new Refusal(
          429,
          "too_many",
          "The class writes more than " + CHATS + " chat messages a second: try again shortly.");
    }
    Instant now = room.context().clock().now();
    String id = room.context().ids().next("c_");
    ServerMessage.Chat said = new ServerMessage.Chat(id, actor.from(), text.strip(), now, now);
    room.chat().add(said);
    room.roster().tell(said);
    return new Result.ChatId(id);
  }
}
