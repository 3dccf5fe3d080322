package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.IceServer;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.signal.ServerEncoder;
import dev.amphi.interactive.signal.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One live class, confined to one loop: who is in it and what they are told. */
final class Room {
  private static final System.Logger LOG = System.getLogger(Room.class.getName());

  private final String id;
  private final RoomContext context;
  private final ServerEncoder encoder = new ServerEncoder();
  private final Roster roster;
  private final SignalFeed feed;
  private final MediaFloor floor;
  private final ProgramAudience program;
  private final SignalDoor signalDoor;
  private final ChatLog chat = new ChatLog();
  private final Polls polls = new Polls(this);
  private final Gestures gestures = new Gestures(this);
  private final ClientDigests digests = new ClientDigests(this);
  private final RoomPulse pulse;
  private final RoomExit exit;
  private RoomStatus status;
  private boolean closed;

  /**
   * @param before what was decided about it before
   * @param overHttp the peer connections without a socket, of this room among others
   */
  Room(RoomStatus status, Decisions before, RoomContext context, HttpMediaTable overHttp) {
    this.signalDoor = new SignalDoor(before);
    this.id = status.id();
    this.status = status;
    this.context = context;
    this.roster = new Roster(encoder, context.clock());
    this.feed = new SignalFeed(roster, signalDoor, status, context.clock().nanos());
    this.floor = new MediaFloor(id, context);
    this.program = new ProgramAudience(id, context, this::inProgram);
    this.pulse = new RoomPulse(this, overHttp);
    this.exit = new RoomExit(this, overHttp);
  }

  String id() {
    return id;
  }

  RoomContext context() {
    return context;
  }

  Roster roster() {
    return roster;
  }

  MediaFloor floor() {
    return floor;
  }

  ProgramAudience program() {
    return program;
  }

  /** Whether somebody's picture and sound are in the program. */
  boolean inProgram(String participantId) {
    Participant participant = roster.find(participantId);
    return participant != null && participant.inProgram();
  }

  Gestures gestures() {
    return gestures;
  }

  /** The ways out of it. */
  RoomExit exit() {
    return exit;
  }

  SignalFeed feed() {
    return feed;
  }

  /** What browsers measured of themselves. */
  ClientDigests digests() {
    return digests;
  }

  /** Who may come in, and as what. */
  SignalDoor signalDoor() {
    return signalDoor;
  }

  /** The lock or the waiting room changed. */
  void doorChanged() {
    feed.status(status, now());
  }

  ChatLog chat() {
    return chat;
  }

  /** What the class is asked. */
  Polls polls() {
    return polls;
  }

  ServerEncoder encoder() {
    return encoder;
  }

  RoomStatus status() {
    return status;
  }

  boolean closed() {
    return closed;
  }

  long now() {
    return context.clock().nanos();
  }

  /** Starts the room's heartbeat, once. */
  void start() {
    pulse.start();
  }

  /** Hands out what was decided, so that it outlives the room. */
  void tellDecisions() {
    if (signalDoor.takeChanged()) {
      context.listener().decided(id, signalDoor.decisions());
    }
  }

  void update(RoomStatus next) {
    status = next;
    feed.status(next, now());
    gestures.turn(next.slides().map(up -> up.deck() + "/" + up.page()).orElse(Boards.NO_PAGE));
  }

  /** Tells everybody what changed about a participant. */
  void changed(Participant participant) {
    floor.refreshFollowers();
    program.refresh(now());
    feed.changed(participant, now());
    context.listener().participantChanged(id, participant.view());
  }

  /** Moves a participant; leaving the stage ends its peer connection. */
  void move(Participant participant, StageState to) {
    log(participant, participant.state().wireName() + " -> " + to.wireName());
    boolean waited = participant.state() == StageState.WAITING;
    boolean wasIn = participant.state().mayPublish();
    participant.state(to, context.clock().now());
    if (!to.mayPublish()) {
      exit.endMedia(participant, "left the stage");
    } else if (to == StageState.ACCEPTED || waited) {
      offerRelays(participant);
    }
    if (!wasIn) {
      gestures.tellBoard(participant, true);
    }
    changed(participant);
  }

  /** Told before the acceptance, so that the peer connection that it brings has them. */
  private void offerRelays(Participant participant) {
    List<IceServer> relays = iceServers(participant);
    if (!relays.isEmpty() && participant.signal() != null) {
      participant.signal().send(encoder.body(new ServerMessage.IceServers(relays)), now());
    }
  }

  void requestKeyFrame(String trackId) {
    MediaTrack track = floor.find(trackId);
    if (track != null) {
      track.requestKeyFrame(now());
    }
  }

  List<ParticipantView> known() {
    return roster.all().stream()
        .filter(participant -> !participant.anonymous() || participant.listed())
        .map(Participant::view)
        .toList();
  }

  void close(ServerMessage.Closing closing) {
    closed = true;
    exit.everybody(closing);
    floor.close(closing.detail());
  }

  /** The first message of a socket; {@code snapshot} where the client has to be told everything. */
  ServerMessage.Welcome welcome(
      Participant participant, String session, boolean resumed, boolean snapshot) {
    return new ServerMessage.Welcome(
        session,
        resumed,
        participant.person(),
        participant.guest(),
        snapshot ? snapshot(participant) : List.of(),
        iceServers(participant),
        context.meter().asksBrowsers() ? ClientDigests.EVERY_MILLIS : 0);
  }

  private List<String> snapshot(Participant participant) {
    List<String> fields = new ArrayList<>();
    fields.add(feed.snapshot(participant));
    fields.add(chat.recent(encoder));
    fields.add(encoder.speaker(floor.speakers().speaker()));
    polls.snapshot(participant).ifPresent(fields::add);
    return fields;
  }

  /** The relays; none for somebody who just watches. */
  private List<IceServer> iceServers(Participant participant) {
    return participant.state().mayPublish()
        ? context.iceServers().of(id + "/" + participant.id())
        : List.of();
  }

  void log(@Nullable Participant participant, String event) {
    LOG.log(
        System.Logger.Level.INFO,
        "room {0} participant {1}: {2}",
        id,
        participant == null ? "-" : participant.id(),
        event);
  }
}
