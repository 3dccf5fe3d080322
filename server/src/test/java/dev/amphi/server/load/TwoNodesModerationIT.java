package dev.amphi.server.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.client.MediaClient;
import dev.amphi.interactive.client.MediaPlan;
import dev.amphi.interactive.client.RtcClient;
import dev.amphi.interactive.client.RtcClients;
import dev.amphi.interactive.client.SentStats;
import dev.amphi.interactive.client.SlotStats;
import dev.amphi.server.node.AmphiNode;
import dev.amphi.server.node.TestNodes;
import dev.amphi.server.web.RestClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a moderator decides through one node holds on the media path of another, which owns the
 * room. A student is known to be cut off when a witness's packets go on coming and its own do not.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class TwoNodesModerationIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Packets of the witness, sound and picture, in which nothing more of the student comes. */
  private static final long WITNESSED = 150;

  private final AmphiNode owner;
  private final AmphiNode other;
  private final RestClient throughOwner;
  private final RestClient throughOther;
  private final StageLine atOwner;
  private final StageLine atOther;
  private final MediaSource source =
      MediaSource.start(
          new SourceSpec(1, "Class", 160, 96, 10, Codec.VP8),
          new FfmpegCodecs(),
          MediaSource.Clocks.SYSTEM);
  private final RtcClient receiver;
  private final RtcClient moderator;
  private final List<AutoCloseable> open = new ArrayList<>();

  TwoNodesModerationIT(@TempDir Path folder) throws Exception {
    List<AmphiNode> nodes = TestNodes.startTwo(folder);
    owner = nodes.get(0);
    other = nodes.get(1);
    throughOwner = new RestClient(owner.localOrigin());
    throughOther = new RestClient(other.localOrigin());
    atOwner = new StageLine(URI.create(owner.localOrigin()), "held");
    atOther = new StageLine(URI.create(other.localOrigin()), "held");
    String ada = token("instructor", "ada");
    throughOwner.json("POST", "/api/rooms", ada, "{}");
    await()
        .atMost(PATIENCE)
        .until(() -> throughOther.send("GET", "/api/rooms/held", "", "").statusCode() == 200);
    receiver =
        done(atOwner.clients().join(atOwner.entry(ada), MediaPlan.receiving(6, 6), new Deaf()));
    moderator = done(enter(atOther, token("moderator", "mo")));
    publish(atOwner, "witness");
    await().atMost(PATIENCE).until(() -> packets(slots("witness", "")) > 10);
  }

  @AfterEach
  void leave() throws Exception {
    for (AutoCloseable client : open) {
      client.close();
    }
    open.clear();
  }

  @AfterAll
  void stop() {
    source.close();
    receiver.close();
    moderator.close();
    atOther.close();
    atOwner.close();
    other.close();
    owner.close();
  }

  /** Hears nothing. */
  private record Deaf() implements RtcClient.Listener {}

  private String token(String role, String id) {
    return TestNodes.token(owner, "held", role, id);
  }

  private static <T> T done(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static CompletionStage<RtcClient> enter(StageLine line, String token) {
    return line.clients().enter(line.entry(token), new Deaf());
  }

  /** A student on stage, whose real SRTP goes to the owner whichever node its socket is at. */
  private RtcClient publish(StageLine line, String id) throws Exception {
    RtcClient.Listener events =
        new RtcClient.Listener() {
          @Override
          public void keyFrameWanted(Source wanted) {
            source.requestKeyFrame();
          }
        };
    RtcClient client =
        done(
            line.clients()
                .join(line.entry(token("student", id)), MediaPlan.sending(Codec.VP8), events));
    MediaSource.Sink sink = new Sending(client);
    source.add(sink);
    if (!id.equals("witness")) {
      open.add(client);
      open.add(() -> source.remove(sink));
      await().atMost(PATIENCE).until(() -> packets(slots(id, "audio")) > 10);
      await().atMost(PATIENCE).until(() -> packets(slots(id, "video")) > 10);
    }
    return client;
  }

  private record Sending(RtcClient client) implements MediaSource.Sink {
    @Override
    public void video(ByteBuffer frame, long timeTicks, boolean keyFrame) {
      client.send(Source.CAMERA, bytes(frame), timeTicks);
    }

    @Override
    public void audio(ByteBuffer packet, long timeTicks) {
      client.send(Source.MICROPHONE, bytes(packet), timeTicks);
    }

    private static byte[] bytes(ByteBuffer from) {
      byte[] bytes = new byte[from.remaining()];
      from.duplicate().get(bytes);
      return bytes;
    }
  }

  /** The receiver's slots that show somebody's tracks of a kind, or all of them for "". */
  private List<String> slots(String id, String kind) throws Exception {
    JsonArray present =
        new JsonArray(
            throughOther
                .send("GET", "/api/rooms/held/participants", token("instructor", "ada"), "")
                .body());
    List<String> tracks =
        present.stream()
            .map(JsonObject.class::cast)
            .filter(participant -> participant.getString("id").equals(id))
            .flatMap(participant -> participant.getJsonArray("tracks").stream())
            .map(JsonObject.class::cast)
            .filter(track -> kind.isEmpty() || track.getString("kind").equals(kind))
            .map(track -> track.getString("id"))
            .toList();
    return done(receiver.stats()).slots().stream()
        .filter(slot -> tracks.contains(slot.trackId()))
        .map(SlotStats::mid)
        .toList();
  }

  private long packets(List<String> slots) throws Exception {
    return done(receiver.stats()).slots().stream()
        .filter(slot -> slots.contains(slot.mid()))
        .mapToLong(SlotStats::packets)
        .sum();
  }

  private static long sent(MediaClient client, Source source) throws Exception {
    return done(client.stats()).sent().stream()
        .filter(stats -> stats.source() == source)
        .mapToLong(SentStats::packets)
        .sum();
  }

  /** Waits until the witness was heard long enough without a packet in these slots. */
  private void awaitSilence(String what, List<String> slots, long decidedNanos) throws Exception {
    List<String> witness = slots("witness", "");
    assertThat(slots).as("slots before '%s'", what).isNotEmpty();
    assertThat(witness).hasSize(2);
    long[] last = {packets(slots), System.nanoTime(), packets(witness)};
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              long now = packets(slots);
              if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
                last[2] = packets(witness);
              }
              return packets(witness) - last[2] >= WITNESSED;
            });
    System.out.printf(
        "%s through the other node: the last packet was seen %d ms after the command%n",
        what, Math.max(0, last[1] - decidedNanos) / 1_000_000);
  }

  private void moderate(String id, String action) throws Exception {
    done(
        moderator.command(
            new JsonObject().put("type", "moderate").put("participant", id).put("action", action)));
  }

  @Test
  void aMutedStudentSendsOnAndNobodyHearsIt() throws Exception {
    RtcClient bob = publish(atOwner, "bob");
    List<String> sound = slots("bob", "audio");
    List<String> picture = slots("bob", "video");

    long decided = System.nanoTime();
    moderate("bob", "mute");
    long sentBefore = sent(bob, Source.MICROPHONE);
    long seenBefore = packets(picture);
    awaitSilence("mute", sound, decided);

    assertThat(sent(bob, Source.MICROPHONE)).isGreaterThan(sentBefore);
    assertThat(packets(picture)).as("the picture goes on").isGreaterThan(seenBefore);
  }

  @Test
  void aStudentWhoseVideoIsStoppedIsHeardOn() throws Exception {
    RtcClient eve = publish(atOther, "eve");
    List<String> sound = slots("eve", "audio");
    List<String> picture = slots("eve", "video");

    long decided = System.nanoTime();
    moderate("eve", "stop_video");
    long sentBefore = sent(eve, Source.CAMERA);
    long heardBefore = packets(sound);
    awaitSilence("stop video", picture, decided);

    assertThat(sent(eve, Source.CAMERA)).isGreaterThan(sentBefore);
    assertThat(packets(sound)).as("the sound goes on").isGreaterThan(heardBefore);
  }

  @Test
  void aStudentSentOffTheStageIsNoLongerSeenAndComesBackOffStage() throws Exception {
    publish(atOwner, "dan");
    List<String> slots = slots("dan", "");

    long decided = System.nanoTime();
    done(moderator.stage("dan", "off_stage"));
    awaitSilence("demote", slots, decided);

    leave();
    RtcClient again = done(enter(atOther, token("student", "dan")));
    open.add(again);
    assertThatThrownBy(() -> done(again.offer(MediaPlan.sending(Codec.VP8))))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("off_stage");
  }

  @Test
  void aRemovedStudentIsCutOffAndItsTokenIsRefusedAtBothNodes() throws Exception {
    publish(atOther, "fay");
    List<String> slots = slots("fay", "");
    String fay = token("student", "fay");

    long decided = System.nanoTime();
    moderate("fay", "remove");
    awaitSilence("remove", slots, decided);
    refusedEverywhere(fay);
  }

  @Test
  void aStudentRemovedOverRestIsCutOffTooUntilThatIsTakenBack() throws Exception {
    publish(atOwner, "gus");
    List<String> slots = slots("gus", "");
    String gus = token("student", "gus");

    long decided = System.nanoTime();
    assertThat(
            throughOther
                .send("DELETE", "/api/rooms/held/participants/gus", token("moderator", "mo"), "")
                .statusCode())
        .isEqualTo(204);
    awaitSilence("remove over REST", slots, decided);
    refusedEverywhere(gus);
    leave();

    String removals = "/api/rooms/held/removals";
    assertThat(throughOther.send("GET", removals, token("moderator", "mo"), "").body())
        .contains("gus");
    assertThat(
            throughOther
                .send("DELETE", removals + "/gus", token("moderator", "mo"), "")
                .statusCode())
        .isEqualTo(204);
    for (StageLine line : List.of(atOwner, atOther)) {
      done(enter(line, gus)).close();
    }
  }

  private void refusedEverywhere(String token) throws Exception {
    for (AmphiNode node : List.of(owner, other)) {
      StageLine line = node == owner ? atOwner : atOther;
      assertThatThrownBy(() -> done(enter(line, token))).hasMessageContaining("unauthorized");
      RtcClients clients = line.clients();
      URI whip = URI.create(node.localOrigin() + "/whip/held");
      URI whep = URI.create(node.localOrigin() + "/whep/held/witness");
      assertThatThrownBy(
              () ->
                  done(
                      clients.post(
                          whip,
                          token,
                          new MediaPlan(Map.of(Source.MICROPHONE, Codec.OPUS), 0, 0),
                          new Deaf())))
          .hasMessageContaining("401 ");
      assertThatThrownBy(
              () -> done(clients.post(whep, token, MediaPlan.receiving(1, 1), new Deaf())))
          .hasMessageContaining("401 ");
      assertThat(
              new RestClient(node.localOrigin())
                  .send("GET", "/api/rooms/held/participants", token, "")
                  .statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void aLockedClassLetsNobodyInThroughTheOtherNodeAndTheWaitingRoomHolds() throws Exception {
    String moderating = token("moderator", "mo");
    done(moderator.command(new JsonObject().put("type", "lock").put("locked", true)));
    String newcomer = token("student", "hal");
    assertThatThrownBy(() -> done(enter(atOther, newcomer))).hasMessageContaining("locked");
    assertThatThrownBy(() -> done(enter(atOwner, newcomer))).hasMessageContaining("locked");
    assertThat(
            throughOther
                .send("PUT", "/api/rooms/held/lock", moderating, "{\"locked\":false}")
                .statusCode())
        .isEqualTo(200);

    done(moderator.command(new JsonObject().put("type", "waiting_room").put("on", true)));
    RtcClient hal = done(enter(atOther, newcomer));
    open.add(hal);
    assertThatThrownBy(() -> done(hal.offer(MediaPlan.sending(Codec.VP8))))
        .hasMessageContaining("not_allowed");
    assertThat(
            throughOther
                .send("POST", "/api/rooms/held/participants/hal/admit", moderating, "")
                .statusCode())
        .isEqualTo(200);
    done(hal.offer(MediaPlan.sending(Codec.VP8)));
    done(moderator.command(new JsonObject().put("type", "waiting_room").put("on", false)));
  }

  @Test
  void whoIsDemotedThroughTheOtherNodeModeratesNoLongerThere() throws Exception {
    String deputy = token("moderator", "ida");
    RtcClient ida = done(enter(atOwner, deputy));
    open.add(ida);
    assertThat(lock(throughOther, deputy)).isEqualTo(200);
    RtcClient ada = done(enter(atOther, token("instructor", "eda")));
    open.add(ada);

    done(
        ada.command(
            new JsonObject().put("type", "role").put("participant", "ida").put("role", "viewer")));

    assertThat(lock(throughOther, deputy)).isEqualTo(403);
    assertThat(lock(throughOwner, deputy)).isEqualTo(403);
  }

  private static int lock(RestClient client, String token) throws Exception {
    return client.send("PUT", "/api/rooms/held/lock", token, "{\"locked\":false}").statusCode();
  }
}
