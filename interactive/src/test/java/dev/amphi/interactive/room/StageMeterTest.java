package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.ClientDigest;
import dev.amphi.interactive.api.ClientDigest.Candidate;
import dev.amphi.interactive.api.ClientDigest.Protocol;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.RoomCounter;
import dev.amphi.interactive.api.RoomSample;
import dev.amphi.interactive.api.StageMeter;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the meter hears of a room. */
class StageMeterTest implements StageMeter {
  private final List<String> measured = new ArrayList<>();
  private final List<DigestRefusal> refused = new ArrayList<>();
  private final List<Return> returns = new ArrayList<>();
  private final ClassFixture in = new ClassFixture(this);
  private boolean asks = true;

  @Test
  void aPeerConnectionsDigestsAreMeasuredUnderAMadeUpName() {
    ClassFixture.Person ada = onStage();

    ada.say(digest(false));
    ada.say(digest(false));

    assertThat(measured).hasSize(2);
    assertThat(measured.getFirst()).startsWith("demo q_").isEqualTo(measured.getLast());
    assertThat(measured.getFirst()).doesNotContain("ada");
    assertThat(in.done(in.rooms.describe("demo")))
        .contains("\"browser\":{\"seconds\":10.0,\"path\":{\"local\":\"host\"");
  }

  @Test
  void afterTheLastADifferentNameBegins() {
    ClassFixture.Person ada = onStage();

    ada.say(digest(true));
    ada.say(digest(false));

    assertThat(measured).hasSize(2);
    assertThat(measured.getFirst()).isNotEqualTo(measured.getLast());
  }

  @Test
  void whoTellsTooOftenIsDroppedAndCounted() {
    ClassFixture.Person ada = onStage();
    for (int i = 0; i < 10; i++) {
      ada.say(digest(false));
    }

    assertThat(measured).hasSize(4);
    assertThat(refused).hasSize(6).containsOnly(StageMeter.DigestRefusal.TOO_MANY);
    assertThat(ada.wire.last("error").toString()).contains("\"code\":\"too_many\"");
  }

  @Test
  void nothingIsTakenThatNobodyAskedFor() {
    asks = false;
    ClassFixture.Person ada = onStage();

    ada.say(digest(false));

    assertThat(measured).isEmpty();
    assertThat(refused).containsExactly(StageMeter.DigestRefusal.NOT_ASKED);
    assertThat(ada.wire.last("welcome").toString()).doesNotContain("stats_every_ms");
  }

  @Test
  void whoHasNoPeerConnectionHasNothingToTell() {
    ClassFixture.Person ben = in.enter("ben", Role.VIEWER);

    ben.say(digest(true));

    assertThat(measured).isEmpty();
    assertThat(refused).containsExactly(StageMeter.DigestRefusal.NOT_ASKED);
    assertThat(ben.wire.last("welcome").toString()).contains("\"stats_every_ms\":10000");
  }

  @Test
  void aReturnIsCountedByWhatBecameOfTheSession() {
    ClassFixture.Person ada = in.enter("ada", Role.INSTRUCTOR);
    String session = ada.wire.last("welcome").get("session").asText();
    ada.loseSocket(false);
    ada.enter(Optional.of(new ClientMessage.Resume(session, 1)));
    ada.loseSocket(false);
    ada.enter(Optional.of(new ClientMessage.Resume("s_another", 1)));

    assertThat(returns).containsExactly(Return.RESUMED, Return.FAILED);
  }

  @Test
  void aRoomsPathsAreSampledAndWhatEndedInBetweenIsCountedOnce() {
    ClassFixture.Person ada = onStage();
    in.transports.paths.getFirst().listener.connected();
    in.loop.drain();
    assertThat(in.done(in.rooms.sample("demo")).paths())
        .singleElement()
        .satisfies(path -> assertThat(path.way()).isEqualTo(Way.UDP));
    byte[] unknown = new byte[40];
    unknown[0] = (byte) 0x80;
    in.transports.paths.getFirst().listener.rtp(unknown, 0, 12, 1);
    ada.say(new ClientMessage.Leave());

    RoomSample after = in.done(in.rooms.sample("demo"));
    assertThat(after.paths()).isEmpty();
    assertThat(after.counts()).containsEntry(RoomCounter.DROPS_UNKNOWN, 1L);
    assertThat(in.done(in.rooms.sample("demo")).counts()).isEmpty();
  }

  private ClassFixture.Person onStage() {
    ClassFixture.Person ada = in.enter("ada", Role.INSTRUCTOR);
    ada.say(
        new ClientMessage.Offer(
            ClassFixture.offerOf("chromium-simulcast"),
            Map.of("0", Source.MICROPHONE, "1", Source.CAMERA),
            Map.of()));
    return ada;
  }

  private static ClientMessage digest(boolean last) {
    return new ClientMessage.Stats(
        new ClientDigest(
            last,
            10,
            new ClientDigest.Path(
                Candidate.HOST, Candidate.HOST, Protocol.UDP, Protocol.UNKNOWN, 12),
            List.of()));
  }

  @Override
  public void signallingReturned(Return outcome) {
    returns.add(outcome);
  }

  @Override
  public boolean asksBrowsers() {
    return asks;
  }

  @Override
  public void browserMeasured(String roomId, String link, ClientDigest digest, String json) {
    measured.add(roomId + " " + link + " " + (json.contains("ada") ? json : ""));
  }

  @Override
  public void digestRefused(DigestRefusal why) {
    refused.add(why);
  }
}
