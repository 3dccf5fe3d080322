package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageMeter;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How people come in: anew, back after a lost socket, or in place of their older connection. */
final class Door {
  /** Who came in, and the conversation that goes with it. */
  record Entered(Participant participant, SignalSession session) {}

  private static final Pattern GUEST = Pattern.compile("g_[A-Za-z0-9_-]{1,62}");

  private final Room room;

  Door(Room room) {
    this.room = room;
  }

  /**
   * Lets a socket in and welcomes it.
   *
   * @param n the number of the hello
   */
  Entered enter(Grant grant, ClientMessage.Hello hello, long n, SignalWire wire) throws Refusal {
    ClientMessage.Resume resume = hello.resume().orElse(null);
    room.signalDoor().refuseUnwelcome(grant.participantId(), room.now());
    String guest = grant.anonymous() ? guest(hello) : "";
    Participant participant = known(grant, resume);
    SignalSession before = participant == null ? null : participant.signal();
    if (participant != null && before != null && resume != null && goesOn(before, resume)) {
      renew(participant, grant);
      return resume(participant, before, resume, n, wire);
    }
    long now = room.now();
    if (participant == null || !participant.grant().role().equals(grant.role())) {
      participant = arrive(grant, guest, participant);
    } else {
      renew(participant, grant);
    }
    if (before != null) {
      before.close(4002, "The same participant came in on another connection.", now);
      room.exit().endSocketMedia(participant, "replaced by another connection");
    }
    if (resume != null) {
      room.context().meter().signallingReturned(StageMeter.Return.FAILED);
    }
    SignalSession session =
        new SignalSession(room.context().ids().next("s_"), room.encoder(), wire, now);
    participant.signal(session);
    participant.away(false);
    session.answer(n, room.welcome(participant, session.id(), false, true), now);
    room.gestures().tellBoard(participant, false);
    if (participant.listed()) {
      room.changed(participant);
    }
    return new Entered(participant, session);
  }

  /**
   * What stays the same of somebody who comes without a token: what its browser was told to say. A
   * browser that forgot it, or does not say it, is somebody else.
   */
  private String guest(ClientMessage.Hello hello) throws Refusal {
    String said = hello.guest().orElse("");
    if (!GUEST.matcher(said).matches()) {
      return room.context().ids().next("g_");
    }
    room.signalDoor().refuseRemoved(SignalDoor.guest(said));
    return said;
  }

  /**
   * Who this is. Somebody without a token gets a new id each time and is known again by the
   * session's id, which only that client was told.
   */
  private @Nullable Participant known(Grant grant, ClientMessage.@Nullable Resume resume) {
    Participant participant = room.roster().find(grant.participantId());
    if (participant != null || resume == null || !grant.anonymous()) {
      return participant;
    }
    for (Participant other : room.roster().all()) {
      SignalSession signal = other.signal();
      if (other.anonymous() && signal != null && signal.id().equals(resume.session())) {
        return other;
      }
    }
    return null;
  }

  private static boolean goesOn(SignalSession before, ClientMessage.Resume resume) {
    return before.id().equals(resume.session()) && before.gave(resume.last());
  }

  /** Somebody comes with another token than before: what it says holds from now on. */
  void renew(Participant participant, Grant grant) {
    if (grant.equals(participant.grant()) || grant.anonymous()) {
      return;
    }
    Role before = participant.role();
    participant.grant(grant);
    participant.role(room.signalDoor().role(grant));
    if (participant.role() == Role.VIEWER
        && before != Role.VIEWER
        && participant.state() != StageState.OFF_STAGE) {
      room.move(participant, StageState.OFF_STAGE);
    } else {
      room.changed(participant);
    }
  }

  /** The welcome comes first, then everything missed, in order, or a snapshot in its place. */
  private Entered resume(
      Participant participant,
      SignalSession session,
      ClientMessage.Resume resume,
      long n,
      SignalWire wire) {
    long now = room.now();
    room.log(participant, "resumed");
    room.context()
        .meter()
        .signallingReturned(
            session.keepsAllAfter(resume.last())
                ? StageMeter.Return.RESUMED
                : StageMeter.Return.SNAPSHOT);
    boolean complete = session.keepsAllAfter(resume.last());
    session.resume(
        wire,
        resume.last(),
        n,
        snapshot -> room.welcome(participant, session.id(), true, snapshot),
        now);
    if (!complete) {
      room.gestures().tellBoard(participant, true);
    }
    if (participant.away()) {
      participant.away(false);
      room.changed(participant);
    }
    return new Entered(participant, session);
  }

  private Participant arrive(Grant grant, String guest, @Nullable Participant before)
      throws Refusal {
    return arrive(grant, guest, before, room.signalDoor().arrival(grant));
  }

  private Participant arrive(
      Grant grant, String guest, @Nullable Participant before, StageState state) throws Refusal {
    if (before != null) {
      room.exit().leave(before, 4002, "replaced by a connection with another role");
    }
    if (room.roster().size() >= room.context().limits().people()) {
      throw new Refusal(503, "unavailable", "This class is full on this node.");
    }
    Participant participant =
        new Participant(
            grant,
            guest,
            room.signalDoor().role(grant),
            state,
            room.signalDoor().consent(grant.participantId()),
            room.context().ids().next("p_"),
            room.now());
    room.roster().add(participant);
    room.log(participant, "came in as " + participant.role().wireName() + ", " + state.wireName());
    return participant;
  }

  /** Somebody who comes with media only, over HTTP; on stage where its role allows it. */
  Participant enterWithMedia(Grant grant) throws Refusal {
    room.signalDoor().refuseUnwelcome(grant.participantId(), room.now());
    Credential.requirePublisher(grant);
    Participant participant = room.roster().find(grant.participantId());
    if (participant == null || participant.grant().role() != grant.role()) {
      // Who moderates starts off stage on a socket, but comes with media to be seen.
      StageState state =
          room.signalDoor().role(grant).moderates()
              ? StageState.ON_STAGE
              : room.signalDoor().arrival(grant);
      requireStage(state);
      return arrive(grant, "", participant, state);
    }
    if (participant.role().moderates() && !participant.state().mayPublish()) {
      participant.state(StageState.ON_STAGE, room.context().clock().now());
    }
    requireStage(participant.state());
    return participant;
  }

  /** Media over HTTP is no way around what a moderator decided. */
  private static void requireStage(StageState state) throws Refusal {
    if (state == StageState.WAITING) {
      throw new Refusal(
          403, "not_allowed", "You are in the waiting room: wait until a moderator lets you in.");
    }
    if (!state.mayPublish()) {
      throw new Refusal(
          403,
          "not_allowed",
          "You are '"
              + state.wireName()
              + "': raise your hand in the studio, and publish when you are accepted.");
    }
  }

  /** A socket is gone: its participant may come back for a while, unless it said goodbye. */
  void lost(Participant participant, SignalSession session, boolean goodbye) {
    session.lose(room.now());
    if (goodbye && !participant.state().mayPublish()) {
      room.exit().leave(participant, 1000, "left");
    }
  }
}
