package dev.amphi.server.tracks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.packager.api.TrackSink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of the stage goes to a recording's tracks, and at which instants. */
class KeptTracksTest {
  private static final Instant STARTS_AT = Instant.parse("2026-11-21T10:00:00Z");
  private static final long ZERO = 7_000_000_000L;
  private static final long MS = 1_000_000;
  private static final TrackView CAMERA =
      new TrackView(
          "t_1", "ada", TrackView.Kind.VIDEO, TrackView.Source.CAMERA, TrackView.Codec.VP8, false);
  private static final TrackView VOICE =
      new TrackView(
          "t_2",
          "ada",
          TrackView.Kind.AUDIO,
          TrackView.Source.MICROPHONE,
          TrackView.Codec.OPUS,
          false);

  private final List<String> said = new ArrayList<>();
  private final List<Instant> pictures = new ArrayList<>();
  private final List<Instant> sounds = new ArrayList<>();
  private final Set<String> shown = new HashSet<>(Set.of("t_1", "t_2"));
  private final KeptTracks kept =
      new KeptTracks(
          shown::contains,
          () -> Optional.of(new ProgramRun(STARTS_AT, ZERO)),
          on -> said.add("stage " + on),
          track -> said.add("key frame of " + track));
  private final TrackSink sink =
      new TrackSink() {
        @Override
        public void frame(Source source, ByteBuffer payload, Instant at, boolean keyFrame) {
          (source.id().equals("t_1") ? pictures : sounds).add(at);
          if (pictures.size() + sounds.size() == 1) {
            said.add(
                source.name() + " " + source.role() + " " + source.kind() + " " + source.codec());
          }
        }

        @Override
        public void cut(String sourceId) {
          said.add("cut " + sourceId);
        }
      };

  @BeforeEach
  void adaIsThere() {
    kept.participant(ada(Consent.GIVEN));
  }

  private static ParticipantView ada(Consent consent) {
    return new ParticipantView(
        "ada", "Ada L", Role.INSTRUCTOR, StageState.ON_STAGE, List.of(CAMERA, VOICE), consent);
  }

  /** Captured so long after the program's start; the picture is on its way for 60 ms longer. */
  private void picture(long capturedMs) {
    kept.frame(CAMERA, frame(capturedMs * 90, capturedMs, 80));
  }

  private void sound(long capturedMs) {
    kept.frame(VOICE, frame(capturedMs * 48, capturedMs, 20));
  }

  private static EncodedFrame frame(long ticks, long capturedMs, long underWayMs) {
    long arrival = ZERO + (capturedMs + underWayMs) * MS;
    return new EncodedFrame(ByteBuffer.allocate(3), ticks, arrival, capturedMs * MS, true);
  }

  @Test
  void pictureAndSoundOfOneMomentAreAtOneInstantWhateverTheirWays() {
    kept.to(sink);
    for (int ms = 0; ms < 4_000; ms += 20) {
      sound(ms);
      if (ms % 40 == 0) {
        picture(ms);
      }
    }
    assertThat(said).containsExactly("stage true", "Ada L instructor microphone opus");
    Duration lips = Duration.between(sounds.getLast(), pictures.getLast());
    assertThat(lips.plusMillis(20)).isBetween(Duration.ofMillis(-2), Duration.ofMillis(2));
    Instant captured = STARTS_AT.plusMillis(3_960);
    assertThat(Duration.between(captured, pictures.getLast()))
        .as("80 ms on the way, and behind that 22")
        .isBetween(Duration.ofMillis(100), Duration.ofMillis(106));
  }

  @Test
  void whatIsNotInTheProgramIsCutOnce() {
    kept.to(sink);
    picture(0);
    shown.clear();
    picture(33);
    picture(66);
    sound(66);
    shown.add("t_1");
    picture(100);
    assertThat(pictures).hasSize(2);
    assertThat(sounds).isEmpty();
    assertThat(said).endsWith("cut t_1");
  }

  @Test
  void afterACutNothingIsKeptUntilTheKeyFrameThatIsAskedFor() {
    kept.to(sink);
    picture(0);
    shown.clear();
    picture(33);
    shown.add("t_1");
    EncodedFrame delta =
        new EncodedFrame(ByteBuffer.allocate(3), 6_000, ZERO + 140 * MS, -1, false);
    kept.frame(CAMERA, delta);
    assertThat(said).endsWith("cut t_1", "key frame of t_1");
    assertThat(pictures).hasSize(1);
    picture(100);
    kept.frame(CAMERA, delta);
    assertThat(pictures).hasSize(3);
  }

  @Test
  void whoWithdrawsIsCutBeforeAnythingElseComes() {
    kept.to(sink);
    picture(0);
    sound(0);
    kept.participant(ada(Consent.DECLINED));
    assertThat(said).endsWith("cut t_1", "cut t_2");
  }

  @Test
  void nothingGoesAnywhereUnlessItIsToBeKept() {
    picture(0);
    kept.to(sink);
    kept.to(TrackSink.NONE);
    picture(33);
    assertThat(pictures).isEmpty();
    assertThat(said).containsExactly("stage true", "stage false");
  }
}
