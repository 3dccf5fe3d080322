package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.IceServer;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.signal.ServerEncoder;
import dev.amphi.interactive.signal.ServerMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One live class, confined to one loop: who is in it and what they are told. */
final class Room {
  private static final long MEDIA_TICK_NANOS = 5_000_000L;
  private static final long QUIET_TICK_NANOS = 100_000_000L;
  private static final System.Logger LOG = System.getLogger(Room.class.getName());

  private final String id;
  private final RoomContext context;
  private final ServerEncoder encoder = new ServerEncoder();
  private final Roster roster;
  private final SignalFeed feed;
  private final MediaFloor floor;
  private final ProgramAudience program;
  private final SignalDoor signalDoor;
  private final HttpMediaTable overHttp;
  private final ChatLog chat = new ChatLog();
  private final Gestures gestures = new Gestures(this);
  private final QualityBoard quality = new QualityBoard(this);
  private final ClientDigests digests = new ClientDigests(this);
  private final FailureLog failures;
  private RoomStatus status;
  private int viewersTold = -1;
  private long quietTickAtNanos;
  private boolean started;
  private boolean closed;

  /**
   * @param before what was decided about it before
   * @param overHttp the peer connections without a socket, of this room among others
   */
  Room(RoomStatus status, Decisions before, RoomContext context, HttpMediaTable overHttp) {
    this.signalDoor = new SignalDoor(before);
    this.overHttp = overHttp;
    this.id = status.id();
    this.failures = new FailureLog(id);
    this.status = status;
    this.context = context;
    this.roster = new Roster(encoder, context.clock());
    this.feed = new SignalFeed(roster, signalDoor, status, context.clock().nanos());
    this.floor = new MediaFloor(id, context);
    this.program = new ProgramAudience(id, context, this::onStage);
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

  private boolean onStage(String participantId) {
    Participant participant = roster.find(participantId);
    return participant != null && participant.state() == StageState.ON_STAGE;
  }

  Gestures gestures() {
    return gestures;
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
    if (!started) {
      started = true;
      tick();
    }
  }

  private void tick() {
    if (closed) {
      return;
    }
    long now = now();
    try {
      floor.poll(now);
    } catch (RuntimeException e) {
      failures.failed("the media tick", e, now);
    }
    try {
      if (now >= quietTickAtNanos) {
        quietTickAtNanos = now + QUIET_TICK_NANOS;
        quietTick(now);
      }
    } catch (RuntimeException e) {
      failures.failed("the quiet tick", e, now);
    } finally {
      // Whatever goes wrong once must not stop the room's heart.
      context.loop().schedule(floor.idle() ? QUIET_TICK_NANOS : MEDIA_TICK_NANOS, this::tick);
    }
  }

  private void quietTick(long now) {
    if (floor.speakers().poll(now)) {
      String speaker = floor.speakers().speaker();
      roster.tell(new ServerMessage.Speaker(speaker));
      context.listener().speakerChanged(id, speaker);
    }
    Instant wall = context.clock().now();
    overHttp.endExpired(id, wall);
    program.poll(now);
    for (Participant participant : roster.all()) {
      SignalSession signal = participant.signal();
      if (signal != null) {
        Attendance.check(this, participant, signal, now);
        Expiry.check(this, participant, signal, wall);
      }
    }
    int viewers = roster.viewers();
    if (viewers != viewersTold) {
      viewersTold = viewers;
      context.listener().viewersChanged(id, viewers);
    }
    tellDecisions();
    quality.poll(now);
    feed.poll(now);
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
      endMedia(participant, "left the stage");
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

  private void endMedia(Participant participant, String reason) {
    endSocketMedia(participant, reason);
    endIngest(participant, reason);
  }

  void endSocketMedia(Participant participant, String reason) {
    MediaSession media = participant.media();
    if (media != null) {
      participant.media(null);
      media.close(reason);
      floor.remove(media);
    }
  }

  void endIngest(Participant participant, String reason) {
    MediaSession ingest = participant.ingest();
    if (ingest != null) {
      participant.ingest(null);
      ingest.close(reason);
      floor.remove(ingest);
    }
  }

  /** Takes a participant out of the room. */
  void leave(Participant participant, int code, String reason) {
    leave(participant, new ServerMessage.Closing(code, reason, Optional.empty()));
  }

  private void leave(Participant participant, ServerMessage.Closing closing) {
    String reason = closing.detail();
    if (roster.find(participant.id()) != participant) {
      return;
    }
    log(participant, "left: " + reason);
    endMedia(participant, reason);
    roster.remove(participant);
    SignalSession signal = participant.signal();
    if (signal != null) {
      signal.close(closing, now());
    }
    participant.signal(null);
    feed.left(participant, reason, now());
    program.refresh(now());
    context.listener().participantLeft(id, participant.id());
  }

  /** A token has run out: its socket and the media of it end; media over HTTP has its own token. */
  void expired(Participant participant) {
    ServerMessage.Closing closing =
        new ServerMessage.Closing(
            4004,
            "Your token has expired: ask whoever runs the class for a new link.",
            Optional.empty());
    SignalSession signal = participant.signal();
    if (participant.ingest() == null || signal == null) {
      leave(participant, closing);
      return;
    }
    log(participant, "the token of its socket has expired");
    endSocketMedia(participant, closing.detail());
    signal.close(closing, now());
    participant.signal(null);
    participant.away(false);
    changed(participant);
  }

  /**
   * Takes a participant out for good, at once, or whoever will come with a token of that id;
   * completes when that is kept, with false when nobody of that id is here nor can be.
   */
  CompletionStage<Boolean> remove(String participantId, String reason) {
    Participant participant = roster.find(participantId);
    boolean anonymous =
        participant == null ? !Grant.isOfToken(participantId) : participant.anonymous();
    if (participant != null || !anonymous) {
      signalDoor.remove(participantId);
    }
    if (participant != null) {
      if (!participant.guest().isEmpty()) {
        signalDoor.remove(SignalDoor.guest(participant.guest()));
      }
      leave(participant, 4003, reason);
    }
    gestures.forget(participantId);
    boolean watched = overHttp.endThoseOf(id, participantId);
    for (MediaSession session : program.of(participantId)) {
      session.close(reason);
      program.remove(session, now());
      floor.remove(session);
    }
    return anonymous
        ? CompletableFuture.completedFuture(participant != null || watched)
        : context.listener().participantRemoved(id, participantId).thenApply(kept -> true);
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
    for (Participant participant : roster.all()) {
      // Whoever goes with all the others need not be told of each.
      SignalSession signal = participant.signal();
      if (signal != null) {
        signal.close(closing, now());
      }
    }
    for (Participant participant : roster.all()) {
      leave(participant, closing);
    }
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
        snapshot
            ? List.of(
                feed.snapshot(), chat.recent(encoder), encoder.speaker(floor.speakers().speaker()))
            : List.of(),
        iceServers(participant),
        context.meter().asksBrowsers() ? ClientDigests.EVERY_MILLIS : 0);
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
