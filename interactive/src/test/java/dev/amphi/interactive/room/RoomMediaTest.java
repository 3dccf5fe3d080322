package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.signal.ClientMessage;
import dev.amphi.interactive.transport.RemoteParameters;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Peer connections of a room, over the socket and over HTTP, also when they fail. */
class RoomMediaTest {
  private final ClassFixture theClass = new ClassFixture();

  @Test
  void anOfferThatCannotBeReadHarmsNobody() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    long n = ada.say(new ClientMessage.Offer("nonsense", Map.of(), Map.of()));
    assertThat(ada.wire.answerTo(n).get("code").asText()).isEqualTo("bad_sdp");
    assertThat(theClass.transports.paths).isEmpty();
    long good = ada.say(Offers.microphoneAndCamera());
    assertThat(ada.wire.answerTo(good).get("type").asText()).isEqualTo("ok");
  }

  @Test
  void anIceRestartGoesOnOverTheSamePath() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    long first = ada.say(Offers.microphoneAndCamera());
    long second =
        ada.say(
            new ClientMessage.Offer(
                Offers.microphoneAndCamera()
                    .sdp()
                    .replaceAll("a=ice-ufrag:.*", "a=ice-ufrag:Other"),
                Offers.microphoneAndCamera().publish(),
                Map.of()));
    assertThat(theClass.transports.paths).hasSize(1);
    assertThat(theClass.transports.paths.getFirst().remote)
        .extracting(RemoteParameters::ufrag)
        .isEqualTo("Other");
    assertThat(ada.wire.answerTo(second).get("answer").asText())
        .as("an answer to an ICE restart brings new credentials of this side too")
        .contains("a=ice-ufrag:ufrg2\r\n");
    assertThat(ada.wire.answerTo(first).get("answer").asText()).contains("a=ice-ufrag:ufrg1\r\n");
    assertThat(ada.wire.answerTo(second).get("tracks"))
        .isEqualTo(ada.wire.answerTo(first).get("tracks"));
  }

  @Test
  void anotherPeerConnectionGetsAnotherPathAndKeepsTheTracks() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    long first = ada.say(Offers.microphoneAndCamera());
    ClientMessage.Offer restart =
        new ClientMessage.Offer(
            Offers.microphoneAndCamera()
                .sdp()
                .replaceAll("a=fingerprint:.*", "a=fingerprint:sha-256 AB:CD"),
            Offers.microphoneAndCamera().publish(),
            Map.of());
    long second = ada.say(restart);
    assertThat(theClass.transports.paths).hasSize(2);
    assertThat(theClass.transports.paths.getFirst().closedBecause)
        .as("the old path says goodbye only when the answer has long been read")
        .isNull();
    theClass.loop.pass(3_100);
    assertThat(theClass.transports.paths.getFirst().closedBecause)
        .isEqualTo("replaced by another peer connection");
    assertThat(theClass.told).endsWith("ada on_stage 2");
    assertThat(ada.wire.answerTo(second).get("tracks"))
        .isEqualTo(ada.wire.answerTo(first).get("tracks"));
  }

  @Test
  void whatASectionIsForMayBeAnotherThingInAnotherPeerConnection() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    long published = ada.say(Offers.microphoneAndCamera());
    String sound = ada.wire.answerTo(published).at("/tracks/0").asText();
    String picture = ada.wire.answerTo(published).at("/tracks/1").asText();
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    String sdp = ClassFixture.offerOf("chromium-simulcast");
    ben.say(new ClientMessage.Offer(sdp, Map.of(), Map.of("2", sound, "3", picture)));
    String another =
        sdp.replaceAll("a=fingerprint:.*", "a=fingerprint:sha-256 AB:CD")
            .replace("a=mid:2", "a=mid:x")
            .replace("a=mid:3", "a=mid:2")
            .replace("a=mid:x", "a=mid:3");
    long n = ben.say(new ClientMessage.Offer(another, Map.of(), Map.of("3", sound, "2", picture)));
    assertThat(ben.wire.answerTo(n).at("/tracks/3").asText()).isEqualTo(sound);
    assertThat(ben.wire.answerTo(n).at("/tracks/2").asText()).isEqualTo(picture);
  }

  @Test
  void aPathThatDoesNotComeUpIsGivenUp() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ada.say(Offers.microphoneAndCamera());
    theClass.loop.pass(31_000);
    assertThat(theClass.told).endsWith("ada on_stage 0");
    assertThat(ada.wire.last("changes").at("/participants/0/tracks")).isEmpty();
  }

  @Test
  void aSenderOverHttpIsOnStageUntilItIsDeleted() {
    HttpMedia media =
        theClass.done(
            theClass.rooms.publish(
                ClassFixture.grant("obs", Role.INSTRUCTOR),
                ClassFixture.offerOf("libdatachannel")));
    assertThat(theClass.told).contains("obs on_stage 2");
    assertThat(theClass.rooms.httpMedia(media.id())).isPresent();
    media.end().run();
    theClass.loop.drain();
    assertThat(theClass.told).endsWith("obs left");
    assertThat(theClass.rooms.httpMedia(media.id())).isEmpty();
  }

  @Test
  void aViewersTokenCannotPublishOverHttp() {
    assertThatThrownBy(
            () ->
                theClass.done(
                    theClass.rooms.publish(
                        ClassFixture.grant("eve", Role.VIEWER),
                        ClassFixture.offerOf("libdatachannel"))))
        .hasMessageContaining("A viewer's token cannot publish");
    assertThat(theClass.told).noneMatch(line -> line.startsWith("eve"));
  }

  @Test
  void aViewersTokenFollowsNobodyBackstage() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person sam = theClass.enter("sam", Role.STUDENT);
    sam.say(Offers.microphoneAndCamera());
    String receiving = ClassFixture.offerOf("safari");
    ada.say(new ClientMessage.StageTo("sam", StageState.BACKSTAGE));

    assertThatThrownBy(
            () ->
                theClass.done(
                    theClass.rooms.follow(
                        ClassFixture.grant("eve", Role.VIEWER), "sam", receiving)))
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("'sam' is 'backstage'");

    ada.say(new ClientMessage.StageTo("sam", StageState.ON_STAGE));
    assertThat(
            theClass
                .done(
                    theClass.rooms.follow(ClassFixture.grant("eve", Role.VIEWER), "sam", receiving))
                .answer())
        .startsWith("v=0");
  }

  @Test
  void aPeerConnectionThatFailsInsideStopsNobodyElse() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ada.say(Offers.microphoneAndCamera());
    ben.say(Offers.microphoneAndCamera());
    FakeTransports.Path first = theClass.transports.paths.getFirst();
    FakeTransports.Path second = theClass.transports.paths.getLast();
    first.listener.connected();
    second.listener.connected();
    second.broken = true;
    int sent = first.sentRtcp.size();
    theClass.loop.pass(20_000);
    assertThat(first.closedBecause).isNull();
    assertThat(first.sentRtcp).hasSizeGreaterThan(sent);
    assertThat(ada.wire.last("ping")).isNotNull();
  }

  @Test
  void aPeerConnectionThatGoesOnFailingInsideEndsAndMayBeMadeAgain() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    ada.say(Offers.microphoneAndCamera());
    ben.say(Offers.microphoneAndCamera());
    FakeTransports.Path second = theClass.transports.paths.getLast();
    theClass.transports.paths.forEach(path -> path.listener.connected());
    theClass.loop.pass(2_000);
    assertThat(second.closedBecause).as("while nothing fails").isNull();

    second.broken = true;
    theClass.loop.pass(20_000);

    assertThat(second.closedBecause).isEqualTo("failed inside");
    assertThat(theClass.transports.paths.getFirst().closedBecause).isNull();
    ben.say(Offers.microphoneAndCamera());
    assertThat(theClass.transports.paths).hasSize(3);
    FakeTransports.Path third = theClass.transports.paths.getLast();
    third.listener.connected();
    theClass.loop.pass(20_000);
    assertThat(third.closedBecause).isNull();
  }
}
