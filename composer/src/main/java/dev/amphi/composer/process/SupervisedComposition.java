package dev.amphi.composer.process;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.InkChange;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Shed;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.composition.Handling;
import dev.amphi.composer.load.Backlog;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
  private static final long BIRTH_NANOS = 10_000_000_000L;
  private static final long HANG_NANOS = 3_000_000_000L;
  private static final long ENDLESS_NANOS = 2_500_000_000L;
  private static final long SHORT_LIFE_NANOS = 5_000_000_000L;
  private static final long LONGEST_PAUSE_MILLIS = 4_000;

  private final CompositionSpec spec;
  private final ProgramListener listener;
  private final ChildSource children;
  private final LongSupplier nanoClock;
  private final InstantSource wallClock;
  private final Declared declared;
  private final CommandQueue queue = new CommandQueue();
  private volatile Incarnation current;
  private volatile long deadlineNanos;
  private volatile long reachedNanos;
  private volatile long wokeNanos = Long.MIN_VALUE / 2;
  private volatile Shed shed = Shed.NOTHING;
  private final Backlog backlog = new Backlog();
  private volatile boolean listening;
  private volatile boolean closing;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final long longestPauseMillis;
  private final Quarantine quarantine = new Quarantine();

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
    this.declared = new Declared(spec);
    queue.restart(declared.commands(nanoClock.getAsLong()));
    deadlineNanos = nanoClock.getAsLong() + BIRTH_NANOS;
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
    synchronized (declared) {
      instruct(declared.isolate(sourceId));
    }
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
      reachedNanos = 0;
      shed = Shed.NOTHING;
      synchronized (declared) {
        if (closing) {
          return false;
        }
        deadlineNanos = nanoClock.getAsLong() + BIRTH_NANOS;
        queue.restart(declared.commands(nanoClock.getAsLong()));
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
        new ReportReader(
            spec, listener, this::isSource, declared::listens, this::introduced, epoch);
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
    listening = true;
    try {
      long nowNanos = nanoClock.getAsLong();
      reader.accept(report, nowNanos, wallClock.instant());
      if (reader.reachedNanos() > reachedNanos && !closing) { // every rendition has gone on
        reachedNanos = reader.reachedNanos();
        shed = reader.shed();
        deadlineNanos = nanoClock.getAsLong() + HANG_NANOS;
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The program's listener failed", e);
    } finally {
      listening = false;
    }
  }

  private void instruct(List<Command> commands) {
    commands.forEach(queue::command);
  }

  private void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The program's listener failed", e);
    }
  }

  /**
   * This process stood still: the child's silence meanwhile does not count. Whatever it said waits
   * in the pipe and is read next.
   */
  void excuse(long nowNanos, long pausedNanos) {
    wokeNanos = nowNanos;
    synchronized (declared) {
      deadlineNanos = deadlineNanos + pausedNanos;
    }
  }

  /**
   * Kills a child that lives and makes no samples, whose decoder does not come to an end, or that
   * takes more memory than it may.
   */
  void watch(long nowNanos, long mostBytes) {
    Incarnation child = current;
    if (!child.isAlive()) {
      return; // what it noted is looked at by whoever starts the next
    }
    Map<Handling.Work, NotePage.Note> endless = new EnumMap<>(Handling.Work.class);
    child
        .note()
        .notes()
        .forEach(
            (work, note) -> {
              long sinceNanos = Math.max(note.sinceNanos(), wokeNanos);
              if (nowNanos - sinceNanos > ENDLESS_NANOS) {
                endless.put(work, note);
              }
            });
    if (!listening && nowNanos > deadlineNanos) {
      child.kill(
          closing ? "the composer process did not end" : "the composer process hangs",
          child.isStopped() ? Map.of() : endless);
    } else if (!endless.isEmpty() && !child.isStopped()) {
      child.kill("the composer process hangs in what a source sent", endless);
    } else if (reachedNanos > 0
        && !closing
        && backlog.hopeless(nowNanos, nowNanos - reachedNanos, shed)) {
      child.kill("the program fell behind the clock", Map.of());
    } else if (child.residentBytes() > mostBytes) {
      child.kill("the composer process took more than " + (mostBytes >> 20) + " MiB", Map.of());
    }
  }

  private boolean isSource(String sourceId) {
    synchronized (declared) {
      return declared.has(sourceId);
    }
  }

  private void introduced(String participantId) {
    synchronized (declared) {
      declared.introduced(participantId);
    }
  }

  @Override
  public void putSource(SourceSpec source) {
    synchronized (declared) {
      instruct(declared.put(source, nanoClock.getAsLong()));
    }
    if (quarantine.arrived(source)) {
      isolate(source.id(), "its participant's tracks made the composer crash or hang too often");
    }
  }

  @Override
  public void removeSource(String sourceId) {
    boolean released;
    synchronized (declared) {
      instruct(declared.remove(sourceId, nanoClock.getAsLong()));
      released = quarantine.left(sourceId);
    }
    if (released) {
      tell(() -> listener.released(sourceId));
    }
  }

  @Override
  public void restSource(String sourceId) {
    synchronized (declared) {
      instruct(declared.rest(sourceId, nanoClock.getAsLong()));
    }
  }

  @Override
  public void muteSource(String sourceId, boolean muted) {
    synchronized (declared) {
      declared.mute(sourceId, muted);
      queue.command(new Command.Mute(sourceId, declared.isMuted(sourceId)));
    }
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
  public void still(String sourceId, int width, int height, ByteBuffer packed) {
    if (packed.remaining() > Wire.LONGEST_MESSAGE - 1_024) {
      throw new IllegalArgumentException(
          "A still picture has " + packed.remaining() + " bytes; at most 4 MiB are sent");
    }
    ByteBuffer copy = ByteBuffer.allocate(packed.remaining()).put(packed.duplicate()).flip();
    Command.Still still = new Command.Still(sourceId, width, height, copy);
    boolean released;
    synchronized (declared) {
      released = declared.absolves(still) && quarantine.renewed(sourceId);
      if (released) {
        instruct(declared.release(sourceId));
      }
      instruct(declared.still(still));
    }
    if (released) {
      tell(() -> listener.released(sourceId));
    }
  }

  @Override
  public void ink(InkChange change) {
    synchronized (declared) {
      declared.ink(change);
      queue.command(new Command.Ink(change));
    }
  }

  @Override
  public void arrange(Arrangement arrangement) {
    synchronized (declared) {
      declared.arrange(arrangement);
      queue.command(new Command.Arrange(arrangement));
    }
  }

  @Override
  public void slate(Slate slate) {
    synchronized (declared) {
      declared.slate(slate);
      queue.command(new Command.Words(slate));
    }
  }

  @Override
  public void speaker(String participantId) {
    synchronized (declared) {
      declared.loudest(participantId);
      queue.command(new Command.Loudest(participantId));
    }
  }

  @Override
  public void listen(Set<String> mixes) {
    if (mixes.size() > MOST_MIXES) {
      throw new IllegalArgumentException(
          mixes.size() + " mixes are asked for; at most " + MOST_MIXES + " are made");
    }
    synchronized (declared) {
      declared.listen(mixes);
      queue.command(new Command.Listen(mixes));
    }
  }

  @Override
  public void close() {
    synchronized (declared) { // so that a child that is started just now still hears of it
      if (!closing) {
        closing = true;
        deadlineNanos = nanoClock.getAsLong() + HANG_NANOS + declared.farewellNanos();
        queue.command(new Command.Close());
        closed.countDown();
      }
    }
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
