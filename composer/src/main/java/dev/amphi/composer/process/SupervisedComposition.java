package dev.amphi.composer.process;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.InkChange;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A room's program as the node sees it: a child process, and another one whenever it dies, hangs,
 * grows too large or says what it must not say.
 */
final class SupervisedComposition implements Composition {
  /** Where children come from. */
  interface ChildSource {
    /**
     * A process that waits for its first command.
     *
     * @throws IOException when the system cannot start one
     */
    Newborn take() throws IOException;
  }

  private static final System.Logger LOG = System.getLogger(SupervisedComposition.class.getName());
  private static final long SHORT_LIFE_NANOS = 5_000_000_000L;
  private static final long LONGEST_PAUSE_MILLIS = 4_000;

  private final CompositionSpec spec;
  private final ProgramListener listener;
  private final ChildSource children;
  private final LongSupplier nanoClock;
  private final InstantSource wallClock;
  private final CommandQueue queue = new CommandQueue();
  private final Quarantine quarantine = new Quarantine();
  private final Orders orders;
  private final Watchdog watchdog = new Watchdog();
  private volatile Incarnation current;
  private volatile boolean closing;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final long longestPauseMillis;

  /**
   * Starts the first child.
   *
   * @throws IOException when the system cannot start it
   */
  SupervisedComposition(
      CompositionSpec spec,
      ProgramListener listener,
      ChildSource children,
      LongSupplier nanoClock,
      InstantSource wallClock)
      throws IOException {
    this(spec, listener, children, nanoClock, wallClock, LONGEST_PAUSE_MILLIS);
  }

  /** As the other, with another pause after a child that could not be started. */
  SupervisedComposition(
      CompositionSpec spec,
      ProgramListener listener,
      ChildSource children,
      LongSupplier nanoClock,
      InstantSource wallClock,
      long longestPauseMillis)
      throws IOException {
    this.longestPauseMillis = longestPauseMillis;
    this.spec = spec;
    this.listener = listener;
    this.children = children;
    this.nanoClock = nanoClock;
    this.wallClock = wallClock;
    this.orders = new Orders(spec, queue, quarantine, nanoClock);
    orders.restart();
    watchdog.born(nanoClock.getAsLong());
    current = new Incarnation(children.take(), threadName(), queue);
  }

  private String threadName() {
    return "composer-" + spec.roomId();
  }

  /** Runs the program to its end, on the caller's thread. */
  void supervise() throws InterruptedException {
    int epoch = 0;
    long pauseMillis = 0;
    while (true) {
      long bornNanos = nanoClock.getAsLong();
      boolean over = listen(epoch);
      String end = current.farewell();
      if (over || closing) {
        break;
      }
      String reason = current.reason().isEmpty() ? end : current.reason();
      accuse();
      LOG.log(System.Logger.Level.WARNING, "Room {0}: {1}; starting again", spec.roomId(), reason);
      tell(() -> listener.interrupted(reason));
      boolean shortLife = nanoClock.getAsLong() - bornNanos < SHORT_LIFE_NANOS;
      pauseMillis = shortLife ? Math.min(longestPauseMillis, Math.max(250, 2 * pauseMillis)) : 0;
      if (!startAgain(pauseMillis)) {
        break;
      }
      epoch++;
    }
    tell(listener::ended);
  }

  /** Finds out whose media ended the child, if anybody's did. */
  private void accuse() {
    for (String sourceId : quarantine.died(current.evidence(), nanoClock.getAsLong())) {
      isolate(sourceId, "what it sends made the composer crash or hang again and again");
    }
  }

  private void isolate(String sourceId, String reason) {
    orders.isolate(sourceId);
    LOG.log(
        System.Logger.Level.WARNING,
        "Room {0}: source {1} is in quarantine: {2}",
        spec.roomId(),
        sourceId,
        reason);
    tell(() -> listener.quarantined(sourceId, reason));
  }

  private boolean startAgain(long pauseMillis) throws InterruptedException {
    while (!closed.await(pauseMillis, TimeUnit.MILLISECONDS)) {
      watchdog.born(nanoClock.getAsLong());
      if (!orders.restart()) {
        return false;
      }
      try {
        current = new Incarnation(children.take(), threadName(), queue);
        return true;
      } catch (IOException e) {
        LOG.log(System.Logger.Level.ERROR, "No composer process can be started", e);
        pauseMillis = longestPauseMillis;
      }
    }
    return false;
  }

  /** Listens to one child; returns whether it ended as it should. */
  private boolean listen(int epoch) {
    ReportReader reader =
        new ReportReader(spec, listener, orders::has, orders::listens, orders::introduced, epoch);
    try (DataInputStream in = current.reports()) {
      Wire.expectGreeting(in);
      current.note().unlink();
      for (ByteBuffer report = Wire.read(in); report != null; report = Wire.read(in)) {
        accept(reader, report);
        if (reader.ended()) {
          return true;
        }
      }
    } catch (BrokenWire e) {
      current.disbelieve(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "Room {0}: {1}", spec.roomId(), e.getMessage());
    }
    return false;
  }

  private void accept(ReportReader reader, ByteBuffer report) throws BrokenWire {
    watchdog.patient(true);
    try {
      long nowNanos = nanoClock.getAsLong();
      reader.accept(report, nowNanos, wallClock.instant());
      watchdog.reached(reader.reachedNanos(), reader.shed(), nanoClock.getAsLong());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The program's listener failed", e);
    } finally {
      watchdog.patient(false);
    }
  }

  private void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The program's listener failed", e);
    }
  }

  /** This process stood still for so long, until now. */
  void excuse(long nowNanos, long pausedNanos) {
    watchdog.excuse(nowNanos, pausedNanos);
  }

  /** Looks whether the child does what it should; to be called often. */
  void watch(long nowNanos, long mostBytes) {
    watchdog.look(current, nowNanos, mostBytes);
  }

  @Override
  public void putSource(SourceSpec source) {
    orders.put(source);
    if (quarantine.arrived(source)) {
      isolate(source.id(), "its participant's tracks made the composer crash or hang too often");
    }
  }

  @Override
  public void removeSource(String sourceId) {
    if (orders.remove(sourceId)) {
      tell(() -> listener.released(sourceId));
    }
  }

  @Override
  public void restSource(String sourceId) {
    orders.rest(sourceId);
  }

  @Override
  public void muteSource(String sourceId, boolean muted) {
    orders.mute(sourceId, muted);
  }

  @Override
  public void frame(
      String sourceId,
      ByteBuffer payload,
      long timestampTicks,
      long arrivalNanos,
      long captureNtpNanos,
      boolean keyFrame) {
    if (!closing && quarantine.passes(sourceId, nanoClock.getAsLong())) {
      queue.frame(
          new Command.Frame(
              sourceId, payload, timestampTicks, arrivalNanos, captureNtpNanos, keyFrame, false));
    }
  }

  @Override
  public void still(String sourceId, String page, int width, int height, ByteBuffer packed) {
    if (packed.remaining() > Wire.LONGEST_MESSAGE - 1_024) {
      throw new IllegalArgumentException(
          "A still picture has " + packed.remaining() + " bytes; at most 4 MiB are sent");
    }
    ByteBuffer copy = ByteBuffer.allocate(packed.remaining()).put(packed.duplicate()).flip();
    if (orders.still(page, new Command.Still(sourceId, width, height, copy))) {
      tell(() -> listener.released(sourceId));
    }
  }

  @Override
  public void ink(InkChange change) {
    orders.ink(change);
  }

  @Override
  public void arrange(Arrangement arrangement) {
    orders.arrange(arrangement);
  }

  @Override
  public void slate(Slate slate) {
    orders.slate(slate);
  }

  @Override
  public void speaker(String participantId) {
    orders.loudest(participantId);
  }

  @Override
  public void listen(Set<String> mixes) {
    if (mixes.size() > MOST_MIXES) {
      throw new IllegalArgumentException(
          mixes.size() + " mixes are asked for; at most " + MOST_MIXES + " are made");
    }
    orders.listen(mixes);
  }

  @Override
  public void close() {
    closing = true; // before the child hears of it
    long farewellNanos = orders.close();
    if (farewellNanos >= 0) {
      watchdog.closing(nanoClock.getAsLong(), farewellNanos);
      closed.countDown();
    }
  }

  String roomId() {
    return spec.roomId();
  }

  /** The child's process id, for operators and tests. */
  long pid() {
    return current.pid();
  }

  /** Frames that never reached a child. */
  long droppedFrames() {
    return queue.dropped();
  }
}
