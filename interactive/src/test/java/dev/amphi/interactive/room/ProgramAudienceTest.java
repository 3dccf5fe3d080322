package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.api.ProgramFrame;
import dev.amphi.interactive.api.ProgramRendition;
import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.signal.ClientMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is shown which streams of the program, and what the composer has to make for that. */
class ProgramAudienceTest {
  private static final ProgramStream LARGE = ProgramStream.picture("720p");
  private static final ProgramStream SMALL = ProgramStream.picture("360p");

  private final ClassFixture theClass = new ClassFixture();

  @BeforeEach
  void goOnAir() {
    theClass.rooms.onAir(
        "demo",
        List.of(new ProgramRendition("720p", 1_500_000), new ProgramRendition("360p", 400_000)));
    theClass.loop.drain();
  }

  private HttpMedia watch(String id, Role role) {
    return watch(id, role, "", false);
  }

  private HttpMedia watch(String id, Role role, String rendition, boolean saveData) {
    String offer = ClassFixture.offerOf("safari");
    return theClass.done(
        theClass.rooms.watch(ClassFixture.grant(id, role), rendition, saveData, offer));
  }

  private void end(HttpMedia media) {
    media.end().run();
    theClass.loop.drain();
  }

  private Set<ProgramStream> wanted() {
    return theClass.programWanted;
  }

  @Test
  void onlyWhatSomebodyWatchesIsWanted() {
    assertThat(wanted()).isEmpty();
    HttpMedia first = watch("eve", Role.VIEWER);
    assertThat(first.shown()).isEqualTo("rendition=720p; sound=everybody");
    assertThat(wanted()).containsExactlyInAnyOrder(LARGE, ProgramStream.SOUND);
    HttpMedia second = watch("eva", Role.VIEWER, "", true);
    assertThat(second.shown()).isEqualTo("rendition=360p; sound=everybody");
    assertThat(wanted()).containsExactlyInAnyOrder(LARGE, SMALL, ProgramStream.SOUND);
    end(first);
    assertThat(wanted()).containsExactlyInAnyOrder(SMALL, ProgramStream.SOUND);
    end(second);
    assertThat(wanted()).isEmpty();
  }

  @Test
  void aRenditionMayBeNamedAndAnUnknownOneIsRefused() {
    assertThat(watch("eve", Role.VIEWER, "360p", false).shown()).startsWith("rendition=360p");
    assertThatThrownBy(() -> watch("eve", Role.VIEWER, "4k", false))
        .hasMessageContaining("choose 720p or 360p");
    theClass.rooms.onAir("demo", List.of());
    assertThatThrownBy(() -> watch("eve", Role.VIEWER)).hasMessageContaining("is not on air yet");
  }

  /** Browsers offer level 3.1, which ends with 1280×720 at 30 (H.264 table A-1). */
  @Test
  void whatNeedsAHigherLevelThanWasOfferedIsOnlySentToWhoAsksForItByName() {
    theClass.rooms.onAir(
        "demo",
        List.of(
            new ProgramRendition("1080p", 1920, 1080, 30, 4_500_000),
            new ProgramRendition("720p", 1280, 720, 30, 2_500_000),
            new ProgramRendition("360p", 640, 360, 30, 700_000)));
    HttpMedia usual = watch("eve", Role.VIEWER);
    assertThat(usual.shown()).startsWith("rendition=720p");
    assertThat(usual.answer()).contains("profile-level-id=42e01f").doesNotContain("42e028");
    assertThat(wanted()).contains(LARGE);
    HttpMedia named = watch("eva", Role.VIEWER, "1080p", false);
    assertThat(named.shown()).startsWith("rendition=1080p");
    assertThat(named.answer()).contains("profile-level-id=42e028").doesNotContain("42e01f");
    assertThat(watch("ivo", Role.VIEWER, "360p", false).answer()).contains("42e01f");
  }

  @Test
  void whoTakesTooLowALevelForAnyIsSentTheSmallest() {
    theClass.rooms.onAir("demo", List.of(new ProgramRendition("1080p", 1920, 1080, 30, 4_500_000)));
    assertThat(watch("eve", Role.VIEWER).shown()).startsWith("rendition=1080p");
  }

  @Test
  void whoIsOnStageHearsTheProgramWithoutItsOwnVoice() {
    theClass.enter("ada", Role.INSTRUCTOR);
    assertThat(watch("ada", Role.INSTRUCTOR).shown())
        .isEqualTo("rendition=720p; sound=without-you");
    assertThat(wanted()).containsExactlyInAnyOrder(LARGE, ProgramStream.soundWithout("ada"));
  }

  @Test
  void theSoundChangesWhenAViewerComesOnStageAndLeavesIt() {
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person eve = theClass.enter("eve", Role.VIEWER);
    watch("eve", Role.VIEWER);
    assertThat(wanted()).contains(ProgramStream.SOUND);
    eve.say(new ClientMessage.Hand(true));
    ada.say(new ClientMessage.StageTo("eve", StageState.ACCEPTED));
    eve.say(
        new ClientMessage.Offer(
            ClassFixture.offerOf("chromium-plain"), java.util.Map.of(), java.util.Map.of()));
    ada.say(new ClientMessage.StageTo("eve", StageState.ON_STAGE));
    assertThat(wanted()).containsExactlyInAnyOrder(LARGE, ProgramStream.soundWithout("eve"));
    ada.say(new ClientMessage.StageTo("eve", StageState.OFF_STAGE));
    assertThat(wanted()).containsExactlyInAnyOrder(LARGE, ProgramStream.SOUND);
  }

  @Test
  void theFifthOnStageHearsEverybodyUntilAMixIsFree() {
    List<HttpMedia> watching = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      theClass.enter("p" + i, Role.STUDENT);
      watching.add(watch("p" + i, Role.STUDENT));
    }
    assertThat(watching.get(3).shown()).endsWith("sound=without-you");
    assertThat(watching.get(4).shown()).endsWith("sound=everybody; reason=too-many-mixes");
    assertThat(wanted()).hasSize(6).contains(ProgramStream.SOUND);
    end(watching.get(0));
    theClass.enter("p6", Role.STUDENT); // Anything that changes in the room.
    assertThat(wanted()).hasSize(5).contains(ProgramStream.soundWithout("p5"));
  }

  @Test
  void whoIsRemovedSeesNothingMore() {
    theClass.enter("ada", Role.INSTRUCTOR);
    theClass.enter("eve", Role.VIEWER);
    HttpMedia media = watch("eve", Role.VIEWER);
    theClass.rooms.remove("demo", "eve", "enough");
    theClass.loop.drain();
    assertThat(wanted()).isEmpty();
    assertThat(theClass.rooms.httpMedia(media.id())).isEmpty();
    assertThatThrownBy(() -> watch("eve", Role.VIEWER)).hasMessageContaining("cannot return");
  }

  @Test
  void whoOnlyWatchesOverHttpIsRemovedTooAndItsTokenIsGoodNoMore() {
    HttpMedia media = watch("eve", Role.VIEWER);
    assertThat(theClass.done(theClass.rooms.remove("demo", "eve", "enough"))).isTrue();
    theClass.loop.drain();
    assertThat(wanted()).isEmpty();
    assertThat(theClass.rooms.httpMedia(media.id())).isEmpty();
    assertThat(theClass.told).contains("eve removed");
    assertThatThrownBy(() -> watch("eve", Role.VIEWER)).hasMessageContaining("cannot return");
  }

  @Test
  void whoIsNotHereIsKeptOutUnlessNoTokenCanHaveTheId() {
    assertThat(theClass.done(theClass.rooms.remove("demo", "leaked", "enough"))).isTrue();
    assertThat(theClass.done(theClass.rooms.remove("over", "leaked-too", "enough"))).isTrue();
    assertThat(theClass.told).contains("leaked removed", "leaked-too removed");
    assertThatThrownBy(() -> theClass.enter("leaked", Role.STUDENT)).hasMessageContaining("return");
    String nobody = "v-" + new java.util.UUID(1, 2);
    assertThat(theClass.done(theClass.rooms.remove("demo", nobody, "enough"))).isFalse();
    assertThat(theClass.done(theClass.rooms.remove("demo", "no body", "enough"))).isFalse();
    assertThat(theClass.done(theClass.rooms.remove("over", nobody, "enough"))).isFalse();
  }

  @Test
  void framesGoOutFromAKeyFrameOnAndAgainAfterTheProgramBeganAnew() {
    watch("eve", Role.VIEWER);
    FakeTransports.Path path = theClass.transports.paths.getFirst();
    picture(0, 3_000, false);
    assertThat(path.sentRtp).as("before a key frame").isEmpty();
    picture(0, 6_000, true);
    picture(0, 9_000, false);
    sound(0, 960);
    assertThat(path.sentRtp).as("parameter sets and picture, picture, sound").hasSize(5);
    picture(1, 0, false);
    assertThat(path.sentRtp).as("the new program has had no key frame yet").hasSize(5);
    picture(1, 3_000, true);
    assertThat(path.sentRtp).hasSize(8);

    List<Integer> sequences = new ArrayList<>();
    List<Long> timestamps = new ArrayList<>();
    RtpPacket packet = new RtpPacket();
    for (byte[] sent : path.sentRtp) {
      assertThat(packet.wrap(sent, 0, sent.length)).isTrue();
      if (packet.payloadLength() != 3) { // not the sound
        sequences.add(packet.sequence());
        timestamps.add(packet.timestamp());
      }
    }
    for (int i = 1; i < sequences.size(); i++) {
      assertThat(sequences.get(i)).isEqualTo((sequences.get(i - 1) + 1) & 0xFFFF);
      assertThat((int) (timestamps.get(i) - timestamps.get(i - 1))).isNotNegative();
    }
  }

  private void picture(int epoch, long ticks, boolean key) {
    byte[] coded =
        key
            ? new byte[] {0, 0, 0, 1, 0x67, 1, 2, 0, 0, 0, 1, 0x68, 3, 4, 0, 0, 0, 1, 0x65, 5, 6}
            : new byte[] {0, 0, 0, 1, 0x41, 7, 8, 9};
    bring(new ProgramFrame(LARGE, epoch, ByteBuffer.wrap(coded), ticks, ntp(ticks / 90), key));
  }

  private void sound(int epoch, long ticks) {
    ByteBuffer coded = ByteBuffer.wrap(new byte[] {1, 2, 3});
    bring(new ProgramFrame(ProgramStream.SOUND, epoch, coded, ticks, ntp(ticks / 48), true));
  }

  private static long ntp(long millis) {
    return 4_000_000_000_000_000_000L + millis * 1_000_000;
  }

  private void bring(ProgramFrame frame) {
    theClass.rooms.program("demo", frame);
    theClass.loop.drain();
  }
}
