package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.signal.ClientMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sound on its way from one participant to another, over paths that the test holds. */
class MediaFloorTest {
  private static final int OPUS = 111;
  private static final long ADAS_SSRC = 3624828482L;
  private static final int LEVEL_ID = 1;

  private final ClassFixture theClass = new ClassFixture();
  private ClassFixture.Person ada;
  private ClassFixture.Person ben;
  private int sequence = 65_530; // Wraps on the way.
  private long timestamp = 1_000;

  /** Ada's offer has microphone in section 0; sections 2 and 3 are slots. */
  private static ClientMessage.Offer offer(Map<String, String> subscribe) {
    return new ClientMessage.Offer(
        ClassFixture.offerOf("chromium-simulcast"),
        Map.of("0", Source.MICROPHONE, "1", Source.CAMERA),
        subscribe);
  }

  @BeforeEach
  void benHearsAda() {
    ada = theClass.enter("ada", Role.INSTRUCTOR);
    ben = theClass.enter("ben", Role.STUDENT);
    long n = ada.say(offer(Map.of()));
    String microphone = ada.wire.answerTo(n).at("/tracks/0").asText();
    long m = ben.say(offer(Map.of("2", microphone)));
    assertThat(ben.wire.answerTo(m).at("/tracks/2").asText()).isEqualTo(microphone);
    theClass.transports.paths.forEach(path -> path.listener.connected());
  }

  private FakeTransports.Path adasPath() {
    return theClass.transports.paths.get(0);
  }

  private FakeTransports.Path bensPath() {
    return theClass.transports.paths.get(1);
  }

  /** One packet of sound comes from a path, 20 ms after the one before. */
  private void sound(FakeTransports.Path path, long ssrc) {
    byte[] buffer = new byte[RtpPacket.MAX_LENGTH];
    RtpPacket packet = new RtpPacket();
    packet.create(buffer, 0, buffer.length, OPUS, false);
    packet.ssrc(ssrc);
    packet.sequence(sequence++ & 0xFFFF);
    packet.timestamp(timestamp += 960);
    int level = packet.appendExtension(LEVEL_ID, 1);
    buffer[level] = (byte) 10;
    packet.appendPayload(new byte[] {(byte) 0xFC, 1, 2, 3}, 0, 4);
    path.listener.rtp(buffer, 0, packet.length(), theClass.loop.nanos());
    theClass.loop.pass(20);
  }

  private void adaTalks(int packets) {
    for (int i = 0; i < packets; i++) {
      sound(adasPath(), ADAS_SSRC);
    }
  }

  private List<Integer> heardByBen() {
    List<Integer> sequences = new ArrayList<>();
    RtpPacket packet = new RtpPacket();
    for (byte[] sent : bensPath().sentRtp) {
      assertThat(packet.wrap(sent, 0, sent.length)).isTrue();
      assertThat(packet.ssrc()).as("the slot's own").isNotEqualTo(ADAS_SSRC);
      sequences.add(packet.sequence());
    }
    return sequences;
  }

  private static void assertContiguous(List<Integer> sequences) {
    for (int i = 1; i < sequences.size(); i++) {
      assertThat(sequences.get(i)).isEqualTo((sequences.get(i - 1) + 1) & 0xFFFF);
    }
  }

  @Test
  void soundIsForwardedUnderTheSlotsOwnNumbers() {
    adaTalks(20);
    assertThat(heardByBen()).hasSize(20);
    assertContiguous(heardByBen());
    assertThat(theClass.frames).hasSize(20);
  }

  @Test
  void whoeverTalksBecomesTheSpeaker() {
    adaTalks(50);
    assertThat(theClass.told).contains("speaker ada");
    assertThat(ben.wire.last("speaker").get("participant").asText()).isEqualTo("ada");
    assertThat(theClass.enter("eve", Role.VIEWER).wire.last("welcome").get("speaker").asText())
        .isEqualTo("ada");
  }

  @Test
  void aNewerTokenThatGrantsLessSilencesAtTheMediaPath() {
    adaTalks(10);
    theClass.tokens.put(
        "less",
        new Grant("ada", "ada", "demo", Role.INSTRUCTOR, Instant.MAX.minusSeconds(1), Set.of()));
    ada.say(new ClientMessage.Token("less"));
    adaTalks(10);
    assertThat(heardByBen()).hasSize(10);
    assertThat(theClass.frames).hasSize(10);
  }

  @Test
  void nothingOfWhoSaidNoGoesToTheProgramWhileTheStageHearsOn() {
    adaTalks(10);
    ada.say(new ClientMessage.Agree(false));
    adaTalks(10);
    assertThat(theClass.frames).as("from the word on, not one").hasSize(10);
    assertThat(heardByBen()).hasSize(20);
    ada.say(new ClientMessage.Agree(true));
    adaTalks(10);
    assertThat(theClass.frames).hasSize(20);
  }

  @Test
  void whoSaidNoSpeaksOnStageButNeverLeadsTheProgram() {
    ada.say(new ClientMessage.Agree(false));
    adaTalks(50);
    assertThat(ben.wire.last("speaker").get("participant").asText()).isEqualTo("ada");
    assertThat(theClass.told).doesNotContain("speaker ada");
  }

  @Test
  void whoWithdrawsWhileSpeakingLosesTheProgramsFloorAtOnce() {
    adaTalks(50);
    assertThat(theClass.told).contains("speaker ada");
    ada.say(new ClientMessage.Agree(false));
    adaTalks(6);
    assertThat(theClass.told.getLast()).isEqualTo("speaker ");
  }

  @Test
  void aMutedTrackIsSilentForEverybodyAndComesBackWithoutAHole() {
    adaTalks(10);
    ada.say(new ClientMessage.Mute(Source.MICROPHONE, true));
    adaTalks(30);
    assertThat(heardByBen()).hasSize(10);
    assertThat(theClass.frames).hasSize(10);
    ada.say(new ClientMessage.Mute(Source.MICROPHONE, false));
    adaTalks(10);
    assertThat(heardByBen()).hasSize(20);
    assertContiguous(heardByBen());
  }

  @Test
  void aModeratorsMuteStopsTheMediaWhateverTheSenderSends() {
    ada.say(new ClientMessage.Moderate("ben", ClientMessage.Action.MUTE));
    long bensSsrc = ADAS_SSRC; // Both use one captured offer, over paths of their own.
    sound(bensPath(), bensSsrc);
    assertThat(theClass.frames).isEmpty();
    assertThat(ada.wire.last("changes").at("/participants/0/tracks/0/muted").asBoolean()).isTrue();
  }

  @Test
  void whatBenSendsIsNeverAdas() {
    sound(bensPath(), ADAS_SSRC);
    assertThat(heardByBen()).as("he hears Ada's track, not his own packets").isEmpty();
    assertThat(theClass.frames).as("it is his own microphone's").hasSize(1);
  }

  @Test
  void aViewerWhoFollowsHearsNothingWhileThePersonIsBackstage() {
    ClassFixture.Person mo = theClass.enter("mo", Role.MODERATOR);
    theClass.done(
        theClass.rooms.follow(
            ClassFixture.grant("eve", Role.VIEWER), "ada", ClassFixture.offerOf("safari")));
    FakeTransports.Path eves = theClass.transports.paths.getLast();
    eves.listener.connected();
    adaTalks(5);
    assertThat(eves.sentRtp).hasSize(5);

    mo.say(new ClientMessage.StageTo("ada", StageState.BACKSTAGE));
    adaTalks(5);
    assertThat(eves.sentRtp).hasSize(5);

    mo.say(new ClientMessage.StageTo("ada", StageState.ON_STAGE));
    adaTalks(5);
    assertThat(eves.sentRtp).hasSize(10);
  }

  @Test
  void aFollowersLesserTokenEndsWhatIsSeenBackstageAtOnce() throws Exception {
    ClassFixture.Person mo = theClass.enter("mo", Role.MODERATOR);
    mo.say(new ClientMessage.StageTo("ada", StageState.BACKSTAGE));
    HttpMedia following =
        theClass.done(
            theClass.rooms.follow(
                ClassFixture.grant("eve", Role.STUDENT), "ada", ClassFixture.offerOf("safari")));
    FakeTransports.Path eves = theClass.transports.paths.getLast();
    eves.listener.connected();
    adaTalks(5);
    assertThat(eves.sentRtp).as("a student goes backstage").hasSize(5);

    following.credential().renew(ClassFixture.grant("eve", Role.VIEWER));
    theClass.loop.drain();
    adaTalks(5);
    assertThat(eves.sentRtp).as("and nobody in the room changed").hasSize(5);

    following.credential().renew(ClassFixture.grant("eve", Role.STUDENT));
    theClass.loop.drain();
    adaTalks(5);
    assertThat(eves.sentRtp).hasSize(10);
  }

  @Test
  void whoeverIsSentOffTheStageIsNotHeard() {
    adaTalks(5);
    ada.say(new ClientMessage.StageTo("ada", StageState.OFF_STAGE));
    adaTalks(5);
    assertThat(heardByBen()).hasSize(5);
    assertThat(theClass.frames).hasSize(5);
  }

  @Test
  void aSlotShowsNothingOnceItIsUnsubscribed() {
    adaTalks(5);
    ben.say(new ClientMessage.Subscribe("2", Optional.empty()));
    adaTalks(5);
    assertThat(heardByBen()).hasSize(5);
    assertThat(theClass.frames).as("the program goes on").hasSize(10);
  }

  @Test
  void anUnknownTrackOrSlotIsRefused() {
    long track = ben.say(new ClientMessage.Subscribe("2", Optional.of("t_none")));
    assertThat(ben.wire.answerTo(track).get("code").asText()).isEqualTo("unknown_track");
    long slot = ben.say(new ClientMessage.Subscribe("77", Optional.empty()));
    assertThat(ben.wire.answerTo(slot).get("detail").asText()).contains("no slot with mid '77'");
  }

  @Test
  void reofferingForMoreSlotsTellsNobodyAndKeepsTheSound() {
    adaTalks(5);
    int told = theClass.told.size();
    ben.say(offer(Map.of()));
    assertThat(theClass.told).hasSize(told);
    adaTalks(5);
    assertThat(heardByBen()).hasSize(10);
    assertContiguous(heardByBen());
  }

  @Test
  void aBroadcastToolSendsBesideTheStudioOfTheSamePerson() {
    theClass.done(
        theClass.rooms.publish(
            ClassFixture.grant("ada", Role.INSTRUCTOR), ClassFixture.offerOf("libdatachannel")));
    theClass.transports.paths.getLast().listener.connected();
    assertThat(theClass.told).endsWith("ada on_stage 4");
    ada.loseSocket(false);
    theClass.loop.pass(31_000);
    assertThat(theClass.told).doesNotContain("ada left");
  }
}
