package dev.amphi.composer;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.process.ChildCommand;
import dev.amphi.composer.process.ProcessComposer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how long a program is away when its child dies: from the signal to the first picture and
 * the first sound of the next. Run by hand: {@code java -cp … dev.amphi.composer.RestartCost
 * [times] [signal …]}.
 */
final class RestartCost {
  private RestartCost() {}

  private static final class Ear implements ProgramListener {
    private volatile int epoch = -1;
    private volatile long pictureNanos;
    private volatile long soundNanos;

    @Override
    public void format(
        String renditionId,
        boolean video,
        int width,
        int height,
        ByteBuffer codecConfig,
        int timescale,
        Instant startsAt,
        int epoch) {
      if (epoch != this.epoch) {
        pictureNanos = 0;
        soundNanos = 0;
        this.epoch = epoch;
      }
    }

    @Override
    public void sample(
        String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
      if (renditionId.equals("720p")) {
        pictureNanos = pictureNanos == 0 ? System.nanoTime() : pictureNanos;
      } else if (renditionId.equals(CompositionSpec.AUDIO)) {
        soundNanos = soundNanos == 0 ? System.nanoTime() : soundNanos;
      }
    }

    @Override
    public void keyFrameWanted(String sourceId) {}

    @Override
    public void interrupted(String reason) {}

    @Override
    public void ended() {}

    void await(int wanted) throws InterruptedException {
      while (epoch < wanted || pictureNanos == 0 || soundNanos == 0) {
        Thread.sleep(1);
      }
    }
  }

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    int times = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    List<String> signals =
        args.length > 1 ? List.of(args).subList(1, args.length) : List.of("KILL");
    Ear ear = new Ear();
    try (ProcessComposer composer =
        new ProcessComposer(
                ChildCommand.likeThisProcess(), System::nanoTime, InstantSource.system())
            .withSpare()) {
      long startNanos = System.nanoTime();
      Composition composition = composer.start(CompositionSpec.standard("cost", "Cost"), ear);
      ear.await(0);
      System.out.printf("first picture after %.2f s%n", (ear.pictureNanos - startNanos) / 1e9);
      for (String signal : signals) {
        List<String> away = new ArrayList<>();
        for (int i = 0; i < times; i++) {
          Thread.sleep(6_000);
          int before = ear.epoch;
          long killedNanos = System.nanoTime();
          new ProcessBuilder("kill", "-" + signal, Long.toString(child())).start().waitFor();
          ear.await(before + 1);
          away.add(
              "%.2f/%.2f"
                  .formatted(
                      (ear.pictureNanos - killedNanos) / 1e9,
                      (ear.soundNanos - killedNanos) / 1e9));
        }
        System.out.println(signal + ": picture/sound back after " + String.join(", ", away));
      }
      composition.close();
    }
  }

  /** The oldest child with a program: a spare one is younger. */
  private static long child() {
    return ProcessHandle.current()
        .children()
        .filter(handle -> handle.info().command().orElse("").endsWith("java"))
        .mapToLong(ProcessHandle::pid)
        .min()
        .orElseThrow();
  }
}
