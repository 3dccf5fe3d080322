package dev.amphi.composer.process;

import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.composition.Handling;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A program whose children are fakes, on a clock of its own; no life is a short one. */
final class FakeChildren implements ProgramListener, AutoCloseable {
  private static final long LIFE_NANOS = 6_000_000_000L;

  final List<String> news = new CopyOnWriteArrayList<>();
  private final List<FakeChild> born = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger markers = new AtomicInteger();
  private final SupervisedComposition composition;

  FakeChildren() throws IOException {
    composition =
        new SupervisedComposition(
            CompositionSpec.standard("r", "t"),
            this,
            this::take,
            nanos::get,
            InstantSource.system());
    Thread.ofPlatform().daemon().start(this::supervise);
  }

  private Newborn take() throws IOException {
    FakeChild child = new FakeChild();
    born.add(child);
    return child.born();
  }

  private void supervise() {
    try {
      composition.supervise();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  SupervisedComposition composition() {
    return composition;
  }

  /** The one that lives. */
  FakeChild child() {
    return born.getLast();
  }

  /** The one that lives crashes in the middle of that; returns when another is there. */
  void crash(Handling.Work work, String sourceId) {
    int before = born.size();
    nanos.addAndGet(LIFE_NANOS);
    child().crash(work, sourceId);
    await().atMost(Duration.ofSeconds(30)).until(() -> born.size() > before);
  }

  /** Time goes by. */
  void later(int seconds) {
    nanos.addAndGet(seconds * 1_000_000_000L);
  }

  /** All that the living child was told until now. */
  List<Command> told() {
    String marker = "marker" + markers.incrementAndGet();
    composition.speaker(marker);
    Command last = new Command.Loudest(marker);
    await().atMost(Duration.ofSeconds(30)).until(() -> child().told().contains(last));
    try {
      return child().told().stream()
          .filter(command -> !(command instanceof Command.Loudest))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    composition.close();
    child().die(0);
  }

  @Override
  public void format(
      String renditionId,
      boolean video,
      int width,
      int height,
      ByteBuffer codecConfig,
      int timescale,
      Instant startsAt,
      int epoch) {}

  @Override
  public void sample(
      String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {}

  @Override
  public void keyFrameWanted(String sourceId) {}

  @Override
  public void quarantined(String sourceId, String reason) {
    news.add("quarantined " + sourceId);
  }

  @Override
  public void released(String sourceId) {
    news.add("released " + sourceId);
  }

  @Override
  public void interrupted(String reason) {
    news.add("interrupted");
  }

  @Override
  public void ended() {
    news.add("ended");
  }
}
