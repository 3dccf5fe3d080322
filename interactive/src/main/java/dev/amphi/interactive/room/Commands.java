package dev.amphi.interactive.room;

import dev.amphi.interactive.api.ClassDesk;
import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.signal.ClientEnvelope;
import dev.amphi.interactive.signal.ClientMessage;
import dev.amphi.interactive.signal.ServerMessage;
import dev.amphi.interactive.signal.ServerMessage.Result;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;

/** Carries out what participants say on their sockets. */
final class Commands {
  private static final Result NOTHING = new Result.Nothing();

  /** More hands than anybody takes; the queue is listed to everybody. */
  private static final int MOST_HANDS = 100;

  /** Chat messages in a second, of all together: each goes to everybody. */
  static final int CHATS = 20;

  private final Room room;
  private final Door door;
  private final StageMedia media;
  private final Moderation moderation;
  private final TokenBucket chats = new TokenBucket(CHATS, 1_000_000_000L, Long.MIN_VALUE);

  Commands(Room room, Door door, StageMedia media, Moderation moderation) {
    this.door = door;
    this.room = room;
    this.media = media;
    this.moderation = moderation;
  }

  /** Runs a command once and answers it. */
  void run(Participant actor, SignalSession session, ClientEnvelope envelope) {
    long now = room.now();
    if (!session.take(envelope.n(), envelope.ack(), now)
        || envelope.message() instanceof ClientMessage.Pong) {
      return;
    }
    Outcome outcome = new Outcome(room, actor, session, envelope);
    try {
      limit(actor, session, envelope.message(), now);
      Permissions.check(envelope.message(), actor.role(), actor.state());
      Rights.check(envelope.message(), actor.grant());
      execute(actor, envelope, outcome).ifPresent(outcome::done);
      room.tellDecisions();
    } catch (Refusal refusal) {
      outcome.refused(refusal);
    } catch (RuntimeException e) {
      outcome.failed(e);
    }
  }

  /** Answers a message that could not be read; it counts like any other. */
  void unreadable(Participant actor, SignalSession session, long n, Refusal refusal) {
    long now = room.now();
    if (actor.overRate(now)) {
      cutOffFlood(actor, session, now);
    }
    if (n == 0 || session.take(n, 0, now)) {
      Outcome.refuse(room, session, n, refusal);
    }
  }

  private void limit(Participant actor, SignalSession session, ClientMessage message, long now)
      throws Refusal {
    // Those of somebody who may not are refused later, at the rate of commands.
    if (message instanceof ClientMessage.Show && Gestures.mayShow(actor)) {
      if (!actor.mayGesture(now)) {
        cutOffFlood(actor, session, now);
        throw Gestures.tooMany();
      }
      return;
    }
    if (actor.overRate(now)) {
      cutOffFlood(actor, session, now);
      throw new Refusal(429, "too_many", "At most 20 commands a second are taken: slow down.");
    }
    if (message instanceof ClientMessage.Chat && !actor.mayChat(now)) {
      throw new Refusal(429, "too_many", "At most 5 chat messages in 5 seconds are taken.");
    }
  }

  /** Another one beyond the rate: who goes on and on is thrown out. */
  private static void cutOffFlood(Participant actor, SignalSession session, long now) {
    if (actor.floods(now)) {
      session.interrupt(1008, "More than is taken in a second, again and again.", now);
    }
  }

  /** Carries it out; empty when its outcome is not known yet, or was told already. */
  private Optional<Result> execute(Participant actor, ClientEnvelope envelope, Outcome outcome)
      throws Refusal {
    ClassDesk desk = room.context().desk();
    switch (envelope.message()) {
      case ClientMessage.Offer offer -> {
        return Optional.of(media.offer(actor, offer));
      }
      case ClientMessage.Subscribe subscribe ->
          media.subscribe(actor, subscribe.mid(), subscribe.track().orElse(null));
      case ClientMessage.View view -> media.view(actor, view);
      case ClientMessage.Mute mute -> media.mute(actor, mute.source(), mute.muted());
      case ClientMessage.Unpublish unpublish -> media.unpublish(actor, unpublish.source());
      case ClientMessage.Agree word -> agree(actor, word.given());
      case ClientMessage.Hand hand -> hand(actor, hand.raised());
      case ClientMessage.StageTo stage -> moderation.stage(actor, stage);
      case ClientMessage.Moderate moderate -> {
        return outcome.when(moderation.moderate(actor, moderate), kept -> NOTHING);
      }
      case ClientMessage.Promote promote -> moderation.promote(actor, promote);
      case ClientMessage.Lock lock -> moderation.lock(lock.locked());
      case ClientMessage.WaitingRoom waiting -> moderation.waitingRoom(waiting.on());
      case ClientMessage.Admit admit -> {
        if (admit.admitted()) {
          moderation.admit(admit.participant());
        } else {
          moderation.deny(admit.participant());
        }
      }
      case ClientMessage.Chat chat -> {
        return Optional.of(chat(actor, chat.text()));
      }
      case ClientMessage.Poll poll -> {
        return Optional.of(new Result.PollId(room.polls().ask(poll.question(), poll.options())));
      }
      case ClientMessage.PollClose poll -> room.polls().close(poll.poll());
      case ClientMessage.PollClear poll -> room.polls().clear(poll.poll());
      case ClientMessage.Vote vote -> room.polls().vote(actor, vote.poll(), vote.option());
      case ClientMessage.Reaction reaction -> room.gestures().react(actor, reaction.emoji());
      case ClientMessage.Show show -> room.gestures().relay(actor, show.gesture());
      case ClientMessage.Undo undo -> room.gestures().undo(actor, undo.id());
      case ClientMessage.Clear clear -> room.gestures().clear();
      case ClientMessage.Live live -> {
        return outcome.when(desk.setLive(actor.grant(), live.live()), this::state);
      }
      case ClientMessage.Layout layout -> {
        String spotlight = layout.change().spotlight().orElse("");
        if (!spotlight.isEmpty()) {
          room.roster().require(spotlight);
        }
        return outcome.when(desk.setLayout(actor.grant(), layout.change()), this::state);
      }
      case ClientMessage.Break pause -> {
        Instant until = pause.until().orElse(null);
        return outcome.when(desk.takeBreak(actor.grant(), until), this::state);
      }
      case ClientMessage.Recording recording -> {
        return outcome.when(
            desk.setRecording(
                actor.grant(), recording.recording(), recording.paused(), recording.tracks()),
            this::state);
      }
      case ClientMessage.Slides slides -> {
        return outcome.when(
            desk.setSlides(actor.grant(), slides.deck(), slides.page()), this::state);
      }
      case ClientMessage.End end -> {
        return outcome.when(desk.end(actor.grant()), this::state);
      }
      case ClientMessage.Stats stats -> room.digests().take(actor, stats.digest());
      case ClientMessage.Leave leave -> {
        outcome.done(NOTHING);
        room.exit().leave(actor, 1000, "left");
        return Optional.empty();
      }
      case ClientMessage.Token token -> token(actor, token.token());
      case ClientMessage.Hello hello -> {}
      case ClientMessage.Ping ping -> {}
      case ClientMessage.Pong pong -> {}
    }
    return Optional.of(NOTHING);
  }

  private Result state(RoomStatus status) {
    return new Result.RoomState(status, room.roster().viewers());
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

  /** One's own word on being in the program; a no of the school stands above it. */
  private void agree(Participant actor, boolean given) throws Refusal {
    if (given && !actor.mayConsent()) {
      throw new Refusal(
          403,
          "not_allowed",
          "Your link says that you are not to be broadcast or recorded: whoever runs the class can"
              + " give you another one.");
    }
    actor.says(given ? Consent.GIVEN : Consent.DECLINED);
    if (!actor.anonymous()) {
      room.signalDoor().consent(actor.id(), given);
    }
    room.changed(actor);
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
