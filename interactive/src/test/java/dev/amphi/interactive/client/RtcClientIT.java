package dev.amphi.interactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients in Java on a real stage: signalling, ICE, DTLS, SRTP and forwarding, all by sockets. */
class RtcClientIT {
  private static RunningStage stage;
  private static RtcClients clients;

  private final List<MediaClient> open = new ArrayList<>();

  @BeforeAll
  static void start() {
    stage = new RunningStage();
    clients = new RtcClients(stage.vertx(), 2);
  }

  @AfterAll
  static void stop() {
    clients.close();
    stage.close();
  }

  @AfterEach
  void leave() {
    open.forEach(MediaClient::close);
  }

  /** Sends made-up frames with every look it gets, and counts what comes. */
  private static final class Person implements RtcClient.Listener {
    final Map<Codec, AtomicLong> frames = new ConcurrentHashMap<>();
    final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
    final AtomicBoolean keyFrameWanted = new AtomicBoolean(true);
    final AtomicLong keyFramesWanted = new AtomicLong();
    private long sent;

    @Override
    public void keyFrameWanted(Source source) {
      keyFrameWanted.set(true);
      keyFramesWanted.incrementAndGet();
    }

    @Override
    public void frame(String mid, String trackId, Codec codec, EncodedFrame frame) {
      frames.computeIfAbsent(codec, any -> new AtomicLong()).incrementAndGet();
    }

    @Override
    public void event(JsonObject event) {
      events.add(event);
    }

    void sendOne(MediaClient to, Codec codec) {
      sent++;
      boolean key = sent % 30 == 1 || keyFrameWanted.getAndSet(false);
      byte[] frame = new byte[key ? 4_000 : 900];
      byte[] head =
          switch (codec) {
            case VP8 ->
                key
                    ? new byte[] {0x10, 0, 0, (byte) 0x9D, 1, 0x2A, 64, 1, (byte) 0xB4, 0}
                    : new byte[] {0x11, 0, 0, 1, 1, 1};
            case H264 ->
                key
                    ? new byte[] {0, 0, 0, 1, 0x67, 66, 0, 0, 0, 1, 0x68, 9, 0, 0, 0, 1, 0x65, 1}
                    : new byte[] {0, 0, 0, 1, 0x41, 1, 1, 1, 1, 1};
            case VP9 -> new byte[] {(byte) (key ? 0x82 : 0x86), 0x49, (byte) 0x83, 0x42};
            case AV1, OPUS -> new byte[] {0x78};
          };
      java.util.Arrays.fill(frame, (byte) 7);
      System.arraycopy(head, 0, frame, 0, head.length);
      to.send(Source.CAMERA, frame, sent * 3_000);
      to.send(Source.MICROPHONE, new byte[] {0x78, 1, 2, 3}, sent * 960);
    }

    long frames(Codec codec) {
      AtomicLong count = frames.get(codec);
      return count == null ? 0 : count.get();
    }
  }

  @Test
  void twoOnStageSeeAndHearEachOtherAndTheServerGetsWholeFrames() {
    Person ada = new Person();
    Person bob = new Person();
    RtcClient adas = join("instructor:ada", MediaPlan.sending(Codec.VP8).withSlots(2, 2), ada);
    RtcClient bobs = join("student:bob", MediaPlan.sending(Codec.H264).withSlots(2, 2), bob);

    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              ada.sendOne(adas, Codec.VP8);
              bob.sendOne(bobs, Codec.H264);
              return ada.frames(Codec.H264) > 20
                  && ada.frames(Codec.OPUS) > 20
                  && bob.frames(Codec.VP8) > 20
                  && bob.frames(Codec.OPUS) > 20
                  && served("ada/VP8") > 20
                  && served("bob/H264") > 20
                  && served("bob/OPUS") > 20;
            });

    ClientStats stats = RunningStage.done(adas.stats());
    assertThat(stats.transport())
        .satisfies(
            transport -> assertThat(Objects.requireNonNull(transport).srtpProfile()).isEqualTo(7));
    assertThat(stats.connectedNanos()).isGreaterThan(stats.offeredNanos());
    assertThat(stats.slots()).filteredOn(slot -> slot.frames() > 20).hasSize(2);
    assertThat(stats.sent()).allMatch(sent -> sent.packets() > 20);
    assertThat(ada.keyFramesWanted.get()).isPositive();
  }

  @Test
  void aSlotIsFreeAgainWhenItsPublisherLeft() {
    Person watcher = new Person();
    RtcClient watching = join("instructor:eve", MediaPlan.receiving(0, 1), watcher);
    Person first = new Person();
    RtcClient leaving = join("student:fay", MediaPlan.sending(Codec.VP8), first);
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              first.sendOne(leaving, Codec.VP8);
              return watcher.frames(Codec.VP8) > 5;
            });

    leaving.close();
    Person second = new Person();
    RtcClient coming = join("student:gus", MediaPlan.sending(Codec.H264), second);

    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              second.sendOne(coming, Codec.H264);
              return watcher.frames(Codec.H264) > 5;
            });
    assertThat(RunningStage.done(watching.stats()).slots()).hasSize(1);
  }

  @Test
  void chatsAndRaisesAHandWithoutMedia() throws InterruptedException {
    Person teacher = new Person();
    Person viewer = new Person();
    RtcClient teaching = enter("instructor:hal", teacher);
    RtcClient viewing = enter(null, viewer);

    RunningStage.done(viewing.chat("hello"));
    RunningStage.done(viewing.hand(true));

    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                teacher.events.stream().anyMatch(event -> event.getString("type").equals("chat")));
    RunningStage.done(teaching.stage(viewing.participantId(), "accepted"));
    RunningStage.done(viewing.offer(MediaPlan.sending(Codec.VP8)));
    RunningStage.done(teaching.stage(viewing.participantId(), "on_stage"));
  }

  @Test
  void tellsWhyTheServerRefuses() {
    RtcClient viewing = enter(null, new Person());

    assertThatThrownBy(() -> RunningStage.done(viewing.offer(MediaPlan.sending(Codec.VP8))))
        .hasMessageContaining("not_allowed");
    assertThatThrownBy(() -> enter("nobody:x", new Person())).isNotNull();
  }

  @Test
  void publishesByWhipAndFollowsByWhep() {
    Person sender = new Person();
    MediaClient whip =
        RunningStage.done(
            clients.post(
                stage.http("/whip/demo"), "student:ida", MediaPlan.sending(Codec.VP8), sender));
    open.add(whip);
    Person follower = new Person();
    MediaClient whep =
        RunningStage.done(
            clients.post(
                stage.http("/whep/demo/ida"),
                "instructor:jon",
                MediaPlan.receiving(1, 1),
                follower));
    open.add(whep);

    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              sender.sendOne(whip, Codec.VP8);
              return follower.frames(Codec.VP8) > 10
                  && follower.frames(Codec.OPUS) > 10
                  && served("ida/VP8") > 10;
            });
  }

  private static long served(String track) {
    AtomicLong count = stage.framesByTrack.get(track);
    return count == null ? 0 : count.get();
  }

  private RtcClient join(String token, MediaPlan plan, Person person) {
    RtcClient client = RunningStage.done(clients.join(entry(token), plan, person));
    open.add(client);
    return client;
  }

  private RtcClient enter(@Nullable String token, Person person) {
    RtcClient client = RunningStage.done(clients.enter(entry(token), person));
    open.add(client);
    return client;
  }

  private static RtcClients.Entry entry(@Nullable String token) {
    return new RtcClients.Entry(stage.socket(), "demo", token, "Vi", true);
  }
}
