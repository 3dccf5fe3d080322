package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Admission;
import dev.amphi.interactive.api.ClassDesk;
import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.IceServers;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.ProgramFrame;
import dev.amphi.interactive.api.ProgramRendition;
import dev.amphi.interactive.api.ProgramTile;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.RoomSample;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.Stage;
import dev.amphi.interactive.api.StageListener;
import dev.amphi.interactive.api.StageMeter;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.signal.ClientMessage;
import dev.amphi.interactive.signal.ServerMessage;
import dev.amphi.interactive.transport.TransportFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The rooms of this node, spread over its loops. */
public final class Rooms implements Stage {
  /** How long a restart takes at least. */
  private static final long RETRY_MILLIS = 1_000;

  private final RoomTable rooms = new RoomTable();
  private final HttpMediaTable overHttp = new HttpMediaTable();
  private final List<RoomLoop> loops;
  private final RoomClock clock;
  private final Ids ids;
  private final RoomLimits limits;
  private final TransportFactory transports;
  private final IceServers iceServers;
  private final Admission admission;
  private final ClassDesk desk;
  private final StageListener listener;
  private final StageMeter meter;

  /** Rooms without anybody; the loops and the transports stay the caller's to close. */
  public Rooms(
      List<RoomLoop> loops,
      RoomClock clock,
      Ids ids,
      RoomLimits limits,
      TransportFactory transports,
      IceServers iceServers,
      Admission admission,
      ClassDesk desk,
      StageListener listener,
      StageMeter meter) {
    this.loops = List.copyOf(loops);
    this.clock = clock;
    this.ids = ids;
    this.limits = limits;
    this.transports = transports;
    this.iceServers = iceServers;
    this.admission = admission;
    this.desk = desk;
    this.listener = listener;
    this.meter = meter;
  }

  @Override
  public CompletionStage<Void> open(RoomStatus status) {
    return open(status, Decisions.NONE);
  }

  @Override
  public CompletionStage<Void> open(RoomStatus status, Decisions decisions) {
    CompletableFuture<Void> opened = new CompletableFuture<>();
    OpenRoom open =
        rooms.open(status.id(), id -> OpenRoom.of(status, decisions, context(id), overHttp));
    open.room()
        .context()
        .loop()
        .execute(
            () -> {
              open.room().start();
              open.room().update(status);
              opened.complete(null);
            });
    return opened;
  }

  private RoomContext context(String roomId) {
    RoomLoop loop = loops.get(Math.floorMod(roomId.hashCode(), loops.size()));
    java.time.Instant wall = clock.now();
    long unixNanos = wall.getEpochSecond() * 1_000_000_000L + wall.getNano();
    NtpClock ntp = NtpClock.of(unixNanos, clock.nanos());
    return new RoomContext(
        loop, clock, ntp, ids, limits, transports, iceServers, admission, desk, listener, meter);
  }

  @Override
  public void update(RoomStatus status) {
    rooms.tell(status.id(), room -> room.update(status));
  }

  @Override
  public CompletionStage<Void> close(String roomId, String reason) {
    return close(roomId, new ServerMessage.Closing(1000, reason, Optional.empty()));
  }

  @Override
  public CompletionStage<Void> suspend(String roomId, String reason, long retryAfterMillis) {
    return close(roomId, new ServerMessage.Closing(1012, reason, Optional.of(retryAfterMillis)));
  }

  private CompletionStage<Void> close(String roomId, ServerMessage.Closing closing) {
    OpenRoom open = rooms.remove(roomId);
    if (open == null) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.runAsync(
        () -> open.room().close(closing), open.room().context().loop());
  }

  @Override
  public CompletionStage<List<ParticipantView>> participants(String roomId) {
    return rooms.has(roomId)
        ? in(roomId, open -> open.room().known())
        : CompletableFuture.completedFuture(List.of());
  }

  @Override
  public CompletionStage<Boolean> remove(String roomId, String participantId, String reason) {
    return rooms.has(roomId)
        ? in(roomId, open -> open.room().exit().remove(participantId, reason))
            .thenCompose(Function.identity())
        : Grant.isOfToken(participantId)
            ? listener.participantRemoved(roomId, participantId).thenApply(kept -> true)
            : CompletableFuture.completedFuture(false);
  }

  @Override
  public CompletionStage<Boolean> letIn(String roomId, String participantId) {
    return rooms.has(roomId)
        ? in(roomId, open -> open.moderation().letIn(participantId))
        : CompletableFuture.completedFuture(false);
  }

  @Override
  public CompletionStage<String> describe(String roomId) {
    return in(roomId, open -> RoomInspector.describe(open.room()));
  }

  @Override
  public CompletionStage<RoomSample> sample(String roomId) {
    return in(roomId, open -> open.sampler().sample());
  }

  @Override
  public List<String> rooms() {
    return rooms.ids();
  }

  @Override
  public CompletionStage<Void> lock(String roomId, boolean locked) {
    return act(roomId, moderation -> moderation.lock(locked));
  }

  @Override
  public CompletionStage<Void> waitingRoom(String roomId, boolean on) {
    return act(roomId, moderation -> moderation.waitingRoom(on));
  }

  @Override
  public CompletionStage<Void> admit(String roomId, String participantId) {
    return act(roomId, moderation -> moderation.admit(participantId));
  }

  private interface Act {
    void on(Moderation moderation) throws Refusal;
  }

  private CompletionStage<Void> act(String roomId, Act act) {
    return in(
            roomId,
            open -> {
              act.on(open.moderation());
              return true;
            })
        .thenAccept(done -> {});
  }

  @Override
  public void requestKeyFrame(String roomId, String trackId) {
    rooms.tell(roomId, room -> room.requestKeyFrame(trackId));
  }

  @Override
  public void onAir(String roomId, List<ProgramRendition> renditions) {
    rooms.tell(roomId, room -> room.program().onAir(renditions));
  }

  @Override
  public void shownInProgram(String roomId, List<ProgramTile> tiles) {
    rooms.tell(roomId, room -> room.floor().shownInProgram(tiles));
  }

  @Override
  public void keepTracks(String roomId, boolean on) {
    rooms.tell(roomId, room -> room.floor().keepTracks(on));
  }

  @Override
  public void program(String roomId, ProgramFrame frame) {
    if (rooms.has(roomId)) {
      byte[] bytes = new byte[frame.payload().remaining()];
      frame.payload().duplicate().get(bytes);
      rooms.tell(roomId, room -> room.program().frame(frame, bytes, room.now()));
    }
  }

  /** Lets a socket into its room; refuses by a {@link Refusal} in the stage. */
  public CompletionStage<SignalConnection> connect(
      Grant grant, ClientMessage.Hello hello, long n, SignalWire wire) {
    return in(
        grant.roomId(),
        open -> {
          Door.Entered entered = open.door().enter(grant, hello, n, wire);
          return new SignalConnection(open, entered.participant(), entered.session(), wire);
        });
  }

  /** Takes a WHIP offer. */
  public CompletionStage<HttpMedia> publish(Grant grant, String sdp) {
    return in(
        grant.roomId(),
        open -> new HttpMediaIngest(open.room(), open.door(), desk(open)).publish(grant, sdp));
  }

  /** Takes a WHEP offer for one participant's own tracks. */
  public CompletionStage<HttpMedia> follow(Grant grant, String participantId, String sdp) {
    return in(grant.roomId(), open -> egress(open).follow(grant, participantId, sdp));
  }

  /**
   * Takes a WHEP offer for the program.
   *
   * @param rendition the wanted picture's name, or "" for the best
   * @param saveData whether the smallest picture is to be taken when none is named
   */
  public CompletionStage<HttpMedia> watch(
      Grant grant, String rendition, boolean saveData, String sdp) {
    return in(grant.roomId(), open -> egress(open).watch(grant, rendition, saveData, sdp));
  }

  private HttpMediaDesk desk(OpenRoom open) {
    return new HttpMediaDesk(open.room(), overHttp);
  }

  private HttpMediaEgress egress(OpenRoom open) {
    return new HttpMediaEgress(open.room(), desk(open));
  }

  /** A peer connection made over HTTP that still lives. */
  public Optional<HttpMedia> httpMedia(String id) {
    return overHttp.find(id);
  }

  <T> CompletionStage<T> in(String roomId, RoomTable.Task<T> task) {
    return rooms.in(roomId, task);
  }

  @Override
  public void close() {
    List<CompletableFuture<Void>> closing = new ArrayList<>();
    for (String id : rooms.ids()) {
      closing.add(
          suspend(id, "The server is being restarted.", RETRY_MILLIS).toCompletableFuture());
    }
    CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, 5, java.util.concurrent.TimeUnit.SECONDS)
        .join();
  }
}
