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
    Process take() throws IOException;
  }

  private static final System.Logger LOG = System.getLogger(SupervisedComposition.class.getName());
  private static final long BIRTH_NANOS = 10_000_000_000L;
  private static final long HANG_NANOS = 3_000_000_000L;
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
  private volatile boolean listening;
  private volatile boolean closing;
  private volatile String verdict = "";

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
    this.spec = spec;
    this.listener = listener;
    this.children = children;
    this.nanoClock = nanoClock;
    this.wallClock = wallClock;
    this.declared = new Declared(spec);
    queue.restart(declared.commands());
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
      String reason = verdict.isEmpty() ? end : verdict;
      LOG.log(System.Logger.Level.WARNING, "Room {0}: {1}; starting again", spec.roomId(), reason);
      tell(() -> listener.interrupted(reason));
      boolean shortLife = nanoClock.getAsLong() - bornNanos < SHORT_LIFE_NANOS;
      pauseMillis = shortLife ? Math.min(LONGEST_PAUSE_MILLIS, Math.max(250, 2 * pauseMillis)) : 0;
      if (!startAgain(pauseMillis)) {
        break;
      }
      epoch++;
    }
    tell(listener::ended);
  }

  private boolean startAgain(long pauseMillis) throws InterruptedException {
    while (!closing) {
      Thread.sleep(pauseMillis);
      verdict = "";
      deadlineNanos = nanoClock.getAsLong() + BIRTH_NANOS;
      synchronized (declared) {
        queue.restart(declared.commands());
      }
      try {
        current = new Incarnation(children.take(), threadName(), queue);
        return true;
      } catch (IOException e) {
        LOG.log(System.Logger.Level.ERROR, "No composer process can be started", e);
        pauseMillis = LONGEST_PAUSE_MILLIS;
      }
    }
    return false;
  }

  /** Listens to one child; returns whether it ended as it should. */
  private boolean listen(int epoch) {
    ReportReader reader =
        new ReportReader(spec, listener, this::isSource, declared::listens, epoch);
    try (DataInputStream in = current.reports()) {
      Wire.expectGreeting(in);
      for (ByteBuffer report = Wire.read(in); report != null; report = Wire.read(in)) {
        accept(reader, report);
        if (reader.ended()) {
          return true;
        }
      }
    } catch (BrokenWire e) {
      verdict = String.valueOf(e.getMessage());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "Room {0}: {1}", spec.roomId(), e.getMessage());
    }
    return false;
  }

  private void accept(ReportReader reader, ByteBuffer report) throws BrokenWire {
    listening = true;
    try {
      if (reader.accept(report, nanoClock.getAsLong(), wallClock.instant()) && !closing) {
        deadlineNanos = nanoClock.getAsLong() + HANG_NANOS;
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The program's listener failed", e);
    } finally {
      listening = false;
    }
  }

  private void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The program's listener failed", e);
    }
  }

  /** Kills a child that makes no samples, or takes more memory than it may. */
  void watch(long nowNanos, long mostBytes) {
    Incarnation child = current;
    if (!listening && nowNanos > deadlineNanos) {
      verdict = closing ? "the composer process did not end" : "the composer process hangs";
      child.kill();
    } else if (child.residentBytes() > mostBytes) {
      verdict = "the composer process took more than " + (mostBytes >> 20) + " MiB";
      child.kill();
    }
  }

  private boolean isSource(String sourceId) {
    synchronized (declared) {
      return declared.has(sourceId);
    }
  }

  @Override
  public void putSource(SourceSpec source) {
    synchronized (declared) {
      declared.put(source);
      queue.command(new Command.Put(source));
    }
  }

  @Override
  public void removeSource(String sourceId) {
    synchronized (declared) {
      declared.remove(sourceId);
      queue.remove(sourceId);
    }
  }

  @Override
  public void muteSource(String sourceId, boolean muted) {
    synchronized (declared) {
      declared.mute(sourceId, muted);
      queue.command(new Command.Mute(sourceId, muted));
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
    if (!closing) {
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
    synchronized (declared) {
      declared.still(still);
      queue.command(still);
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
    if (!closing) {
      closing = true;
      synchronized (declared) {
        deadlineNanos = nanoClock.getAsLong() + HANG_NANOS + declared.farewellNanos();
      }
      queue.command(new Command.Close());
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
