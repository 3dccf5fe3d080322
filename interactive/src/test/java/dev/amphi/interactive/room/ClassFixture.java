package dev.amphi.interactive.room;

import dev.amphi.interactive.api.ClassDesk;
import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.IceServer;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.PictureChange;
import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageAct;
import dev.amphi.interactive.api.StageListener;
import dev.amphi.interactive.api.StageMeter;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.interactive.signal.ClientEnvelope;
import dev.amphi.interactive.signal.ClientMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A class in virtual time, with people who come in by sockets that record. */
final class ClassFixture implements StageListener, ClassDesk {
  /** Completes when a removal is on disk. */
  CompletableFuture<Void> keeping = CompletableFuture.completedFuture(null);

  static final RoomStatus STATUS =
      new RoomStatus("demo", "Demo", "lobby", "open", false, false, "speaker", 1);

  /** What becomes of {@code recording} and {@code end}. */
  CompletableFuture<RoomStatus> decided = CompletableFuture.completedFuture(STATUS);

  final VirtualLoop loop = new VirtualLoop();
  final FakeTransports transports = new FakeTransports();
  final List<String> told = new ArrayList<>();
  final List<String> acts = new ArrayList<>();
  final List<Role> roles = new ArrayList<>();
  final List<EncodedFrame> frames = new ArrayList<>();
  final List<EncodedFrame> kept = new ArrayList<>();

  /** Good tokens, and what they say. */
  final Map<String, Grant> tokens = new HashMap<>();

  Decisions decisions = Decisions.NONE;

  /** What is thrown when a decision is handed out. */
  @Nullable RuntimeException undecidable;

  Set<ProgramStream> programWanted = Set.of();
  final Rooms rooms;
  private int ids;

  ClassFixture() {
    this(Decisions.NONE, StageMeter.NONE);
  }

  ClassFixture(Decisions before) {
    this(before, StageMeter.NONE);
  }

  ClassFixture(StageMeter meter) {
    this(Decisions.NONE, meter);
  }

  private ClassFixture(Decisions before, StageMeter meter) {
    Ids counting =
        new Ids() {
          @Override
          public String next(String prefix) {
            return prefix + "0000000" + ++ids;
          }

          @Override
          public long ssrc() {
            return 1000L + ++ids;
          }
        };
    rooms =
        new Rooms(
            List.of(loop),
            loop,
            counting,
            RoomLimits.DEFAULT,
            transports,
            user -> List.of(new IceServer(List.of("turn:turn.example.org"), "1:" + user, "x")),
            (roomId, token, name) -> {
              Grant grant = tokens.get(String.valueOf(token));
              if (grant == null) {
                throw new Refusal(401, "unauthorized", "The token is not valid here.");
              }
              return grant;
            },
            this,
            this,
            meter);
    rooms.open(STATUS, before);
    loop.drain();
  }

  static Grant grant(String id, Role role) {
    return new Grant(id, id, "demo", role, Instant.parse("2027-01-01T00:00:00Z"));
  }

  /** Somebody with a socket. */
  final class Person {
    final String id;
    final Role role;
    RecordingWire wire = new RecordingWire();
    @Nullable SignalConnection connection;
    long n = 1;
    Optional<String> guest = Optional.empty();

    Person(String id, Role role) {
      this.id = id;
      this.role = role;
    }

    Person enter(Optional<ClientMessage.Resume> resume) {
      return enter(grant(id, role), resume);
    }

    private Person enter(Grant grant, Optional<ClientMessage.Resume> resume) {
      wire = new RecordingWire();
      connection =
          done(
              rooms.connect(
                  grant,
                  new ClientMessage.Hello(
                      "demo", Optional.empty(), Optional.empty(), guest, resume),
                  1,
                  wire));
      return this;
    }

    /** Says something and returns its number. */
    long say(ClientMessage message) {
      long number = ++n;
      say(number, message);
      return number;
    }

    void say(long number, ClientMessage message) {
      if (connection == null) {
        throw new IllegalStateException(id + " is not in");
      }
      connection.receive(new ClientEnvelope(number, 0, message));
      loop.drain();
    }

    void loseSocket(boolean goodbye) {
      if (connection != null) {
        connection.closed(goodbye);
      }
      loop.drain();
    }
  }

  Person enter(String id, Role role) {
    return new Person(id, role).enter(Optional.empty());
  }

  /** Somebody with a token of a kind of its own. */
  Person enter(Grant grant) {
    return new Person(grant.participantId(), grant.role()).enter(grant, Optional.empty());
  }

  /** Somebody without a token, whose id is another one each time. */
  Person enterAnonymously(String id, Optional<ClientMessage.Resume> resume) {
    Grant grant = new Grant(id, id, "demo", Role.VIEWER, Instant.MAX);
    return new Person(id, Role.VIEWER).enter(grant, resume);
  }

  /** Somebody without a token who says what its browser was called before. */
  Person enterAsGuest(String id, String guest) {
    Person person = new Person(id, Role.VIEWER);
    person.guest = Optional.of(guest);
    return person.enter(new Grant(id, id, "demo", Role.VIEWER, Instant.MAX), Optional.empty());
  }

  /** A slot of somebody's peer connection. */
  Slot slotOf(String participantId, String mid) {
    return done(
        rooms.in(
            "demo",
            open -> {
              Participant participant = open.room().roster().find(participantId);
              MediaSession media = participant == null ? null : participant.media();
              return Objects.requireNonNull(media).slots().all().stream()
                  .filter(slot -> slot.mid().equals(mid))
                  .findFirst()
                  .orElseThrow();
            }));
  }

  /** Somebody's way in and out. */
  MediaPath pathOf(String participantId) {
    return done(
        rooms.in(
            "demo",
            open -> {
              Participant participant = open.room().roster().find(participantId);
              MediaSession media = participant == null ? null : participant.media();
              return Objects.requireNonNull(Objects.requireNonNull(media).path());
            }));
  }

  <T> T done(CompletionStage<T> stage) {
    loop.drain();
    return stage.toCompletableFuture().join();
  }

  static String offerOf(String peer) {
    try (InputStream in = ClassFixture.class.getResourceAsStream("/sdp/" + peer + ".sdp")) {
      if (in == null) {
        throw new IllegalArgumentException("No offer of " + peer);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void participantChanged(String roomId, ParticipantView p) {
    told.add(p.id() + " " + p.state().wireName() + " " + p.tracks().size());
  }

  @Override
  public void participantLeft(String roomId, String participantId) {
    told.add(participantId + " left");
  }

  @Override
  public CompletionStage<Void> participantRemoved(String roomId, String participantId) {
    told.add(participantId + " removed");
    return keeping;
  }

  @Override
  public void decided(String roomId, Decisions decided) {
    if (undecidable != null) {
      throw undecidable;
    }
    decisions = decided;
  }

  @Override
  public void acted(String roomId, StageAct act) {
    roles.add(act.role());
    acts.add(act.actor() + " " + act.action() + " " + act.target() + " " + act.result());
  }

  @Override
  public void speakerChanged(String roomId, String participantId) {
    told.add("speaker " + participantId);
  }

  @Override
  public void frame(String roomId, TrackView track, EncodedFrame frame) {
    frames.add(frame);
  }

  @Override
  public void keptFrame(String roomId, TrackView track, EncodedFrame frame) {
    kept.add(frame);
  }

  @Override
  public void programWanted(String roomId, Set<ProgramStream> streams) {
    programWanted = streams;
  }

  @Override
  public void asked(String roomId, String question) {
    told.add("asked " + question);
  }

  @Override
  public void viewersChanged(String roomId, int viewers) {
    told.add("viewers " + viewers);
  }

  @Override
  public CompletionStage<RoomStatus> setLive(Grant actor, boolean live) {
    return CompletableFuture.completedFuture(
        new RoomStatus("demo", "Demo", "live", "open", live, false, "speaker", 1));
  }

  @Override
  public CompletionStage<RoomStatus> setLayout(Grant actor, PictureChange change) {
    String layout = change.layout().orElse("");
    if (layout.equals("broken")) {
      throw new IllegalStateException("broken");
    }
    return CompletableFuture.failedFuture(
        new Refusal(400, "malformed", "There is no layout '" + layout + "'."));
  }

  @Override
  public CompletionStage<RoomStatus> setRecording(Grant actor, boolean recording, boolean paused) {
    return decided;
  }

  @Override
  public CompletionStage<RoomStatus> end(Grant actor) {
    return decided;
  }
}
