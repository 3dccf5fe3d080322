package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real child whose decoder really writes to where no memory is, or never comes back. */
class QuarantineIT {
  private final HeardProgram heard = new HeardProgram();

  private static ProcessComposer composer() {
    ChildCommand like = ChildCommand.likeThisProcess();
    return new ProcessComposer(
            new ChildCommand(
                like.java(), like.classPath(), List.of(), PoisonedComposer.class.getName()),
            System::nanoTime,
            InstantSource.system())
        .withSpare();
  }

  private static void put(Composition composition, String id, String participant) {
    composition.putSource(
        new SourceSpec(
            id, participant, participant, "student", SourceSpec.Kind.CAMERA, SourceSpec.Codec.VP8));
  }

  private static ByteBuffer poison(int marker) {
    return ByteBuffer.allocate(100).putInt(0, marker);
  }

  private static ByteBuffer keyFrame() {
    ByteBuffer[] coded = new ByteBuffer[1];
    try (VideoEncoder encoder =
        new FfmpegCodecs().vp8Encoder(new VideoEncoding(320, 180, 30, 300, 300_000))) {
      encoder.encode(
          new PlanarPicture(320, 180),
          0,
          true,
          (payload, time, sync) ->
              coded[0] = ByteBuffer.allocate(payload.remaining()).put(payload).flip());
    }
    return coded[0];
  }

  /** Sends until that many interruptions were heard; the good source goes on all the time. */
  private void send(Composition composition, ByteBuffer bad, int interruptionsWanted) {
    ByteBuffer good = keyFrame();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(30))
        .until(
            () -> {
              composition.frame("good", good.duplicate(), 0, System.nanoTime(), -1, true);
              composition.frame("bad", bad.duplicate(), 0, System.nanoTime(), -1, true);
              return heard.interruptions.size() >= interruptionsWanted;
            });
  }

  @Test
  void putsAwayWhoCrashesTheDecoderAndGoesOnWithTheOthers() {
    try (ProcessComposer composer = composer()) {
      Composition composition = composer.start(CompositionSpec.standard("r", "t"), heard);
      put(composition, "good", "ada");
      put(composition, "bad", "eve");
      send(composition, poison(PoisonedComposer.CRASH), 3);
      await().atMost(Duration.ofSeconds(10)).until(() -> !heard.quarantined.isEmpty());
      assertThat(heard.quarantined).containsExactly("bad");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> heard.epoch() == 3 && heard.picturesOfThisOne() > 5);
      int before = heard.pictures();
      composition.frame("bad", poison(PoisonedComposer.CRASH), 0, System.nanoTime(), -1, true);
      composition.muteSource("bad", false);
      composition.frame("good", ByteBuffer.allocate(400), 0, System.nanoTime(), -1, false);
      await().atMost(Duration.ofSeconds(20)).until(() -> heard.keyFrames.contains("good"));
      await().atMost(Duration.ofSeconds(20)).until(() -> heard.pictures() > before + 30);
      assertThat(heard.interruptions)
          .hasSize(3)
          .allSatisfy(r -> assertThat(r).contains("signal 6"));

      put(composition, "bad2", "eve");
      composition.frame("bad2", poison(PoisonedComposer.CRASH), 0, System.nanoTime(), -1, true);
      await().atMost(Duration.ofSeconds(20)).until(() -> heard.quarantined.size() == 2);
      assertThat(heard.quarantined)
          .as("the first crash of a new track")
          .containsExactly("bad", "bad2");
    }
  }

  @Test
  void killsAChildThatHangsInWhatASourceSentAndPutsTheSourceAway() {
    try (ProcessComposer composer = composer()) {
      Composition composition = composer.start(CompositionSpec.standard("r", "t"), heard);
      put(composition, "good", "ada");
      put(composition, "bad", "eve");
      send(composition, poison(PoisonedComposer.HANG), 3);
      await().atMost(Duration.ofSeconds(10)).until(() -> !heard.quarantined.isEmpty());
      assertThat(heard.quarantined).containsExactly("bad");
      assertThat(heard.interruptions)
          .containsOnly("the composer process hangs in what a source sent");
    }
  }
}
