package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.ProgramListener;
import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of the program reaches the broadcast, and those who watch over WebRTC. */
class ClassOnAirTest extends OneClass {
  @Test
  void samplesBeforeTheClassIsLiveStayInTheHouse() {
    room.open().join();
    room.stage().participantChanged(ada(StageState.ON_STAGE));
    room.picture().layout("grid", "").join();
    ProgramListener program = Objects.requireNonNull(fakes.program);
    program.sample("720p", ByteBuffer.allocate(1), 0, 3000, true);
    room.live(true).join();
    program.sample("720p", ByteBuffer.allocate(1), 3000, 3000, false);
    program.sample("720p", ByteBuffer.allocate(1), 6000, 3000, true);
    program.sample("720p", ByteBuffer.allocate(1), 9000, 3000, false);

    assertThat(fakes.said("sample"))
        .containsExactly("sample of 720p at 6000", "sample of 720p at 9000");
  }

  @Test
  void aNodeThatLostTheRoomPublishesNothingMore() {
    room.open().join();
    room.live(true).join();
    ProgramListener program = Objects.requireNonNull(fakes.program);
    program.sample("720p", ByteBuffer.allocate(1), 0, 3000, true);
    lease.owned = false;
    program.sample("720p", ByteBuffer.allocate(1), 3000, 3000, false);

    assertThat(fakes.said("sample")).containsExactly("sample of 720p at 0");
  }

  @Test
  void aRoomThatIsRegainedGoesOnAirInItsNewEpochFromAKeyFrameOn() {
    room.open().join();
    room.recording(true).join();
    room.live(true).join();
    ProgramListener program = Objects.requireNonNull(fakes.program);
    program.sample("720p", ByteBuffer.allocate(1), 0, 3000, true);
    lease.epoch = 8;
    program.sample("720p", ByteBuffer.allocate(1), 3000, 3000, true);
    room.regained();
    RoomStatus status = room.picture().layout("grid", "").join();
    program.sample("720p", ByteBuffer.allocate(1), 6000, 3000, false);
    program.sample("720p", ByteBuffer.allocate(1), 9000, 3000, true);
    program.sample("720p", ByteBuffer.allocate(1), 12_000, 3000, false);

    assertThat(status.epoch()).isEqualTo(8);
    assertThat(status.live()).isTrue();
    assertThat(fakes.said)
        .containsSubsequence(
            "broadcast opens epoch=7",
            "recording true",
            "sample of 720p at 0",
            "broadcast opens epoch=8",
            "format 720p 2500000",
            "recording true",
            "sample of 720p at 9000");
    assertThat(fakes.said("sample"))
        .as("nothing is written with the old epoch, nor before a key frame with the new one")
        .containsExactly(
            "sample of 720p at 0", "sample of 720p at 9000", "sample of 720p at 12000");
  }

  @Test
  void aRoomThatIsRegainedBeforeItIsOnAirOpensNothing() {
    room.open().join();
    lease.epoch = 8;
    room.regained();

    assertThat(room.picture().layout("grid", "").join().epoch()).isEqualTo(8);
    assertThat(fakes.said("broadcast")).isEmpty();
  }

  @Test
  void whoWatchesByWebRtcIsBroughtWhatItWatchesAndNothingElse() {
    room.open().join();
    room.stage()
        .programWanted(Set.of(ProgramStream.picture("720p"), ProgramStream.soundWithout("ada")));
    room.live(true).join();
    assertThat(fakes.said).contains("on air [720p, 360p]", "listen [ada]");
    ProgramListener program = Objects.requireNonNull(fakes.program);
    byte[] config = HexFormat.of().parseHex("0142c01fffe1000267640100026801");
    ByteBuffer avcc = ByteBuffer.wrap(config);
    Instant startsAt = Instant.parse("2026-11-21T10:00:00Z");
    program.format("720p", true, 1280, 720, avcc, 90_000, startsAt, 2);
    program.format("360p", true, 640, 360, avcc, 90_000, startsAt, 2);
    ByteBuffer unit = ByteBuffer.wrap(HexFormat.of().parseHex("0000000265aa"));
    program.sample("720p", unit, 90_000, 3_000, true);
    program.sample("360p", unit, 90_000, 3_000, true);
    program.sample("720p", unit, 93_000, 3_000, false);
    program.sound("ada", ByteBuffer.wrap(new byte[] {1, 2}), 48_960);
    program.sound("", ByteBuffer.wrap(new byte[] {3}), 48_960);

    assertThat(fakes.said("program"))
        .containsExactly(
            "program video '720p' epoch=2 at 90000 000000016764000000016801" + "0000000165aa",
            "program video '720p' epoch=2 at 93000 0000000165aa",
            "program audio 'ada' epoch=2 at 48960 0102");
    long picture = fakes.programFrames.get(0).ntpNanos();
    long sound = fakes.programFrames.get(2).ntpNanos();
    assertThat(sound - picture).as("20 ms later on the same line").isEqualTo(20_000_000);
    assertThat(picture / 1_000_000_000L - 2_208_988_800L).isEqualTo(startsAt.getEpochSecond() + 1);

    room.stage().programWanted(Set.of());
    assertThat(fakes.said("listen")).endsWith("listen []");
    lease.owned = false;
    program.sample("720p", unit, 96_000, 3_000, false);
    assertThat(fakes.said("program")).hasSize(3);
  }
}
