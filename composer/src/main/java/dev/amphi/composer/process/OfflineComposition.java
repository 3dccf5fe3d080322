package dev.amphi.composer.process;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A program that is made again out of what was kept, in a process of its own, behind whoever else
 * wants a processor. Its time is the caller's: sources come and go, and frames are seen and heard,
 * where {@link #advance} has come to. A call waits while the process has enough to do, and fails
 * when that has died, hangs, or says what is not so. For one thread; what is made comes on another.
 */
public final class OfflineComposition implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OfflineComposition.class.getName());
  private static final int MOST_LINES = 50;
  private static final int LONGEST_LINE = 400;

  /** A second of the program is more than is ever between what was told and what is made of it. */
  private static final long OWN_BUSINESS_NANOS = 1_000_000_000L;

  private static final long LOOK_MILLIS = 250;

  private final Process process;
  private final OutputStream out;
  private final ReportReader reports;
  private final ProgramListener listener;
  private final Set<String> sources = ConcurrentHashMap.newKeySet();
  private final Thread reader;
  private final LongSupplier nanoClock;
  private final long patienceNanos;
  private volatile long toldNanos;
  private volatile long reachedNanos;
  private volatile long heardNanos;

  /** Whether it said anything yet. */
  private volatile boolean greeted;

  /** Whether it was told to end. */
  private volatile boolean closing;

  private volatile boolean ended;
  private volatile String failure = "";

  /**
   * Starts the process.
   *
   * @param patience how long it may make nothing though it has something to do
   * @param nanoClock the machine's monotonic clock
   */
  public OfflineComposition(
      ChildCommand command,
      CompositionSpec spec,
      ProgramListener listener,
      Duration patience,
      LongSupplier nanoClock)
      throws IOException {
    this.listener = listener;
    this.nanoClock = nanoClock;
    this.patienceNanos = patience.toNanos();
    this.heardNanos = nanoClock.getAsLong();
    this.reports = new ReportReader(spec, listener, sources::contains, mix -> false, id -> {}, 0);
    this.process = command.startGently(ComposerMain.OFFLINE);
    this.out = new BufferedOutputStream(process.getOutputStream(), 64 * 1024);
    String name = "offline-" + spec.roomId();
    Thread.ofPlatform().daemon().name(name + "-log").start(this::log);
    this.reader = Thread.ofPlatform().daemon().name(name + "-in").start(this::read);
    Thread.ofPlatform().daemon().name(name + "-watchdog").start(this::watch);
    out.write(Wire.greeting());
    tell(new Command.Start(spec));
  }

  /** Adds a source, or changes it. */
  public void put(SourceSpec source) throws IOException {
    sources.add(source.id());
    tell(new Command.Put(source));
  }

  /** Takes a source out. */
  public void remove(String sourceId) throws IOException {
    sources.remove(sourceId);
    tell(new Command.Remove(sourceId));
  }

  /** Chooses layout, spotlight and who is hidden. */
  public void arrange(Arrangement arrangement) throws IOException {
    tell(new Command.Arrange(arrangement));
  }

  /** Says what is shown while there is nothing else. */
  public void slate(Slate slate) throws IOException {
    tell(new Command.Words(slate));
  }

  /**
   * Brings a coded frame.
   *
   * @param ticks its time by its codec's clock; goes on evenly where the source did
   * @param playNanos when it is seen or heard, from the program's beginning; not before {@link
   *     #advance} came to, and 200 ms after that at most
   */
  public void frame(
      String sourceId, ByteBuffer payload, long ticks, long playNanos, boolean keyFrame)
      throws IOException {
    long instant = OfflineChild.ZERO_NANOS + playNanos;
    tell(new Command.Frame(sourceId, payload, ticks, instant, -1, keyFrame, false));
  }

  /** Time goes on: all frames of the program before that instant are made. */
  public void advance(long programNanos) throws IOException {
    long instant = OfflineChild.ZERO_NANOS + programNanos;
    toldNanos = instant;
    tell(new Command.Advance(instant));
  }

  /** Waits until all that is due was made and told to the listener. */
  public void finish() throws IOException, InterruptedException {
    heardNanos = nanoClock.getAsLong();
    closing = true;
    tell(new Command.Close());
    try {
      out.flush();
    } catch (IOException e) {
      throw why(e);
    }
    reader.join();
    if (!ended) {
      throw new IOException(failure.isEmpty() ? farewell() : failure);
    }
  }

  /** Ends the process, whatever it does. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void tell(Command command) throws IOException {
    try {
      out.write(CommandCodec.encode(command));
    } catch (IOException e) {
      throw why(e);
    }
  }

  /** Why nobody reads any more; whoever reads what it says knows it, or will in a moment. */
  private IOException why(IOException e) {
    process.destroyForcibly();
    try {
      reader.join();
      return new IOException(failure.isEmpty() ? farewell() : failure, e);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return e;
    }
  }

  private String farewell() throws InterruptedException {
    return "the process that composes ended with code " + process.waitFor();
  }

  private void read() {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(process.getInputStream(), 256 * 1024))) {
      Wire.expectGreeting(in);
      for (ByteBuffer next = Wire.read(in); next != null; next = Wire.read(in)) {
        // What it begins with is said for its time zero, however far it was told to go meanwhile.
        boolean begins = reports.reachedNanos() == 0;
        reports.accept(next, begins ? OfflineChild.ZERO_NANOS : toldNanos, Instant.EPOCH);
        reachedNanos = reports.reachedNanos();
        heardNanos = nanoClock.getAsLong();
        greeted = true;
      }
      ended = reports.ended();
      if (ended) {
        listener.ended();
      }
    } catch (IOException | RuntimeException e) {
      if (failure.isEmpty() && !(e instanceof EOFException)) { // that says its end better
        failure = String.valueOf(e.getMessage());
      }
      process.destroyForcibly();
    }
  }

  /** It has nothing to do while what it made is as far as it was told. */
  private void watch() {
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        long now = nanoClock.getAsLong();
        boolean mayRest = greeted && !closing;
        if (mayRest
            && toldNanos - Math.max(OfflineChild.ZERO_NANOS, reachedNanos) < OWN_BUSINESS_NANOS) {
          heardNanos = Math.max(heardNanos, now);
        } else if (now - heardNanos > patienceNanos) {
          failure = "the process that composes hangs";
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void log() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      int count = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (count++ < MOST_LINES) {
          String shown = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
          LOG.log(System.Logger.Level.WARNING, "{0}", shown);
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "it says no more: {0}", e.getMessage());
    }
  }
}
