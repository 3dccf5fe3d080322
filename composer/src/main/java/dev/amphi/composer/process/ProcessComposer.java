package dev.amphi.composer.process;

import dev.amphi.composer.api.Composer;
import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Ladder;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.load.Admission;
import dev.amphi.composer.load.LadderChoice;
import dev.amphi.composer.load.Reservations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Composes each room in a child process of its own. The node's process only moves bytes: it loads
 * no codec.
 */
public final class ProcessComposer implements Composer, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ProcessComposer.class.getName());
  private static final long WATCH_MILLIS = 250;
  private static final long PAUSE_MILLIS = 500;
  private static final long MOST_BYTES = 900L << 20;

  /** What a node uses before is its Java warming up. */
  private static final long WARM_NANOS = 60_000_000_000L;

  private final ChildCommand command;
  private final SpareChild spare;
  private final long mostBytes;
  private final CpuMeter meter = CpuMeter.ofThisMachine();
  private volatile Admission admission = Admission.UNLIMITED;
  private volatile Function<String, Ladder> ladders = room -> Ladder.STANDARD;
  private final Reservations reservations = new Reservations();
  private final long bornNanos;
  private final LongSupplier nanoClock;
  private final InstantSource wallClock;
  private final Set<SupervisedComposition> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Makes a composer.
   *
   * @param command how a child is started
   * @param nanoClock the machine's monotonic clock, as {@link System#nanoTime}
   */
  public ProcessComposer(ChildCommand command, LongSupplier nanoClock, InstantSource wallClock) {
    this(command, nanoClock, wallClock, MOST_BYTES);
  }

  /** As the other, for children that may take so much memory. */
  ProcessComposer(
      ChildCommand command, LongSupplier nanoClock, InstantSource wallClock, long mostBytes) {
    this.command = command;
    this.mostBytes = mostBytes;
    this.spare = new SpareChild(() -> Newborn.of(command));
    this.nanoClock = nanoClock;
    this.bornNanos = nanoClock.getAsLong();
    this.wallClock = wallClock;
    Thread.ofPlatform().daemon().name("composer-watchdog").start(this::watch);
  }

  /**
   * From the first program on, or as soon as one is expected, keeps one process more than there are
   * programs: it has loaded all that takes time, and whatever program starts next, or again, has it
   * at once.
   */
  public ProcessComposer withSpare() {
    spare.wanted();
    return this;
  }

  /**
   * Refuses programs that would not fit beside those that run.
   *
   * @param processors that the node and its programs may use together
   */
  public ProcessComposer withCpuBudget(double processors) {
    admission = new Admission(processors);
    return this;
  }

  /** Codes each program in these sizes. */
  public ProcessComposer withLadder(Ladder ladder) {
    ladders = room -> ladder;
    return this;
  }

  /**
   * Codes each program in as many sizes as the budget leaves room for when it starts.
   *
   * @param pace how fast this machine is; asked for each program, and may wait until it is known
   */
  public ProcessComposer withLadderByBudget(Supplier<LadderChoice> pace) {
    ladders = room -> choose(room, pace.get());
    return this;
  }

  /** Nobody else chooses before what this one takes is noted. */
  private synchronized Ladder choose(String roomId, LadderChoice choice) {
    long nowNanos = nanoClock.getAsLong();
    double used = 0;
    if (reservations.any(roomId, nowNanos)) {
      CpuMeter.Usage usage = meter.usage();
      boolean warm = nowNanos - bornNanos > WARM_NANOS;
      used = reservations.taken(roomId, measured(usage), nowNanos) + (warm ? usage.node() : 0);
    }
    Ladder ladder = choice.of(admission.budget(), used);
    reservations.chose(roomId, choice.cost(ladder), nowNanos);
    return ladder;
  }

  private Map<String, Double> measured(CpuMeter.Usage usage) {
    Map<String, Double> measured = new HashMap<>();
    for (SupervisedComposition composition : running) {
      Double taken = usage.children().get(composition.pid());
      if (taken != null) {
        measured.merge(composition.roomId(), taken, Double::sum);
      }
    }
    return measured;
  }

  @Override
  public void expect() {
    spare.expect();
  }

  @Override
  public CompositionSpec spec(String roomId, String title) {
    return CompositionSpec.of(roomId, title, ladders.apply(roomId));
  }

  /** One after the other, so that each is counted before the next is asked for. */
  @Override
  public synchronized Composition start(CompositionSpec spec, ProgramListener listener) {
    CpuMeter.Usage usage = meter.usage();
    admission
        .refusal(usage.node(), usage.programs(), usage.measured(), running.size())
        .ifPresent(
            reason -> {
              reservations.left(spec.roomId());
              throw new IllegalStateException(reason);
            });
    return begin(spec, listener);
  }

  @Override
  public synchronized Composition resume(CompositionSpec spec, ProgramListener listener) {
    return begin(spec, listener);
  }

  private Composition begin(CompositionSpec spec, ProgramListener listener) {
    SupervisedComposition composition;
    try {
      composition = new SupervisedComposition(spec, listener, spare::take, nanoClock, wallClock);
    } catch (IOException e) {
      reservations.left(spec.roomId());
      throw new IllegalStateException(
          "No composer process can be started with %s: %s"
              .formatted(command.java(), e.getMessage()),
          e);
    }
    running.add(composition);
    reservations.started(spec.roomId(), nanoClock.getAsLong());
    LOG.log(
        System.Logger.Level.INFO,
        "room={0} program renditions={1}",
        spec.roomId(),
        spec.renditions().stream().map(CompositionSpec.VideoRendition::id).toList());
    Thread.ofPlatform()
        .daemon()
        .name("composer-" + spec.roomId())
        .start(() -> supervise(composition));
    return composition;
  }

  private void supervise(SupervisedComposition composition) {
    try {
      composition.supervise();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended(composition);
    }
  }

  /** Another program of the same room may have begun meanwhile. */
  private synchronized void ended(SupervisedComposition composition) {
    running.remove(composition);
    String room = composition.roomId();
    if (running.stream().noneMatch(other -> other.roomId().equals(room))) {
      reservations.left(room);
    }
  }

  /**
   * Starts a child for a moment to see whether it has all codecs; takes about a second.
   *
   * @return a sentence about what is missing, or nothing
   */
  public Optional<String> missing() {
    return answer("--check");
  }

  /** As {@link #missing}, but measures too how fast this machine codes a picture. */
  public Checkup checkup() {
    return Checkup.of(answer("--pace").orElse(""));
  }

  private Optional<String> answer(String question) {
    try {
      Process process = command.start(question);
      process.getOutputStream().close();
      Thread complaints =
          Thread.ofPlatform().daemon().name("composer-check").start(() -> drain(process));
      String sentence = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      complaints.join();
      if (code != 0) {
        return Optional.of("The composer's process ended with code " + code);
      }
      return sentence.isEmpty() ? Optional.empty() : Optional.of(sentence);
    } catch (IOException e) {
      return Optional.of("No composer process can be started: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("The check was interrupted");
    }
  }

  private static void drain(Process process) {
    process.errorReader().lines().forEach(line -> LOG.log(System.Logger.Level.WARNING, line));
  }

  private void watch() {
    OwnPauses pauses =
        new OwnPauses(
            TimeUnit.MILLISECONDS.toNanos(WATCH_MILLIS),
            TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
    try {
      while (!closed) {
        pauses.rests(nanoClock.getAsLong());
        Thread.sleep(WATCH_MILLIS);
        long nowNanos = nanoClock.getAsLong();
        long pausedNanos = pauses.woke(nowNanos);
        if (pausedNanos > 0) {
          running.forEach(composition -> composition.excuse(nowNanos, pausedNanos));
        }
        running.forEach(composition -> composition.watch(nowNanos, mostBytes));
        spare.tend(nowNanos);
        meter.sample(nowNanos, running.stream().map(SupervisedComposition::pid).toList());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends every program; each listener still hears its end. */
  @Override
  public void close() {
    running.forEach(SupervisedComposition::close);
    long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(5) + Slate.FAREWELL_NANOS;
    try {
      while (!running.isEmpty() && System.nanoTime() < untilNanos) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closed = true;
    spare.close();
  }
}
