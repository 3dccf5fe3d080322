package dev.amphi.server.push;

import dev.amphi.packager.push.Backoff;
import dev.amphi.packager.push.CodedFormat;
import dev.amphi.packager.push.CodedSample;
import dev.amphi.packager.push.PushFailure;
import dev.amphi.packager.push.PushQueue;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One program on its way to one platform, while the class is on air, on a thread of its own.
 *
 * <pre>
 *   connecting ──open──▶ (the next IDR) ──▶ live ──ends──▶ stopped
 *       ▲                                    │ breaks, is too slow
 *       └──────── retrying ◀─────────────────┘            failed: it is WRONG, or was refused
 *                (Backoff)                                 {@value #MOST_REFUSALS} times in a row
 * </pre>
 *
 * Samples come on the composition's thread and never wait for anything. Thread-safe.
 */
final class Push {
  /** What a push needs to know of its picture and sound; asked at each attempt. */
  interface Formats {
    /** The picture that is sent, empty while there is none. */
    Optional<CodedFormat> picture();

    /** The sound. */
    Optional<CodedFormat> sound();
  }

  private static final System.Logger LOG = System.getLogger(Push.class.getName());
  private static final int MOST_REFUSALS = 10;
  private static final long MOST_BYTES = 12L * 1024 * 1024;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(8);
  private static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long SEND_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LAST_WORDS_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long NEVER = Long.MAX_VALUE;

  /**
   * Where it stands.
   *
   * @param sinceNanos when it came there
   * @param untilNanos when it is tried again, where it waits for that
   */
  private record Standing(PushState state, String detail, long sinceNanos, long untilNanos) {}

  private final PushSpec spec;
  private final String roomId;
  private final Outlets outlets;
  private final Formats formats;
  private final PushMeter meter;
  private final DoubleSupplier random;
  private final LongSupplier nanoClock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final PushQueue queue = new PushQueue(MOST_BYTES, MOST_NANOS);

  /** Whether samples are taken; under the lock, as the queue. */
  private boolean taking;

  private final CountDownLatch ending = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final LongAdder bytes = new LongAdder();
  private final LongAdder reconnects = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private volatile Standing standing;
  private volatile @Nullable Outlet outlet;
  private volatile long deadlineNanos = NEVER;
  private volatile long endNanos = NEVER;

  /** The outlet was closed because it took too long. */
  private volatile boolean slow;

  Push(
      PushSpec spec,
      String roomId,
      Outlets outlets,
      Formats formats,
      PushMeter meter,
      DoubleSupplier random,
      LongSupplier nanoClock) {
    this.spec = spec;
    this.roomId = roomId;
    this.outlets = outlets;
    this.formats = formats;
    this.meter = meter;
    this.random = random;
    this.nanoClock = nanoClock;
    this.standing = new Standing(PushState.CONNECTING, "", nanoClock.getAsLong(), NEVER);
  }

  /**
   * Runs it.
   *
   * @param spreadMillis how long it may wait, by chance, before it connects
   */
  void start(long spreadMillis) {
    Thread.ofVirtual().name("push-" + spec.id()).start(() -> run(spreadMillis));
  }

  /** Takes a sample of its rendition, or of the sound. */
  void sample(CodedSample sample) {
    lock.lock();
    try {
      if (taking) {
        long before = queue.droppedGroups();
        queue.add(sample);
        dropped(queue.droppedGroups() - before);
        news.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void dropped(long groups) {
    if (groups > 0) {
      dropped.add(groups);
      meter.dropped(groups);
    }
  }

  /** Ends it after what it has; {@link #watch} sees to it that this does not take long. */
  void stop() {
    endNanos = nanoClock.getAsLong() + LAST_WORDS_NANOS;
    ending.countDown();
    lock.lock();
    try {
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  private boolean isEnding() {
    return ending.getCount() == 0;
  }

  /** Ends what takes too long; to be called often. */
  void watch(long nowNanos) {
    Outlet open = outlet;
    if (open != null && (isPast(deadlineNanos, nowNanos) || isPast(endNanos, nowNanos))) {
      slow = true;
      open.close();
    }
  }

  private static boolean isPast(long deadline, long nowNanos) {
    return deadline != NEVER && nowNanos - deadline > 0;
  }

  /** Whether its thread has ended. */
  boolean isOver() {
    return over.getCount() == 0;
  }

  PushState state() {
    return standing.state();
  }

  String detail() {
    return standing.detail();
  }

  /** Whole seconds for which it has stood as it does. */
  long stateForS() {
    return TimeUnit.NANOSECONDS.toSeconds(nanoClock.getAsLong() - standing.sinceNanos());
  }

  /** Whole seconds, rounded up, until it is tried again; 0 when it does not wait. */
  long retryInS() {
    long untilNanos = standing.untilNanos();
    long left = untilNanos == NEVER ? 0 : untilNanos - nanoClock.getAsLong();
    return TimeUnit.NANOSECONDS.toSeconds(Math.max(0, left) + SECOND_NANOS - 1);
  }

  long bytes() {
    return bytes.sum();
  }

  long reconnectCount() {
    return reconnects.sum();
  }

  long droppedGroups() {
    return dropped.sum();
  }

  private void run(long spreadMillis) {
    try {
      if (spreadMillis > 0) {
        pause((long) (spreadMillis * random.getAsDouble()));
      }
      Backoff backoff = new Backoff(spec.destination().scheme());
      int refusals = 0;
      while (!isEnding()) {
        become(PushState.CONNECTING, standing.detail());
        long beganNanos = nanoClock.getAsLong();
        Optional<PushFailure> failure = attempt();
        if (failure.isEmpty() || isEnding()) {
          break;
        }
        boolean carried = standing.state() == PushState.LIVE;
        long lastedNanos = carried ? nanoClock.getAsLong() - beganNanos : 0;
        boolean refused = failure.get().kind() == PushFailure.Kind.REFUSED && !carried;
        refusals = refused ? refusals + 1 : 0;
        if (failure.get().kind() == PushFailure.Kind.WRONG || refusals >= MOST_REFUSALS) {
          become(PushState.FAILED, failure.get().sentence());
          return;
        }
        long waitMillis = backoff.failedMillis(lastedNanos, random.getAsDouble());
        become(
            PushState.RETRYING,
            failure.get().sentence(),
            nanoClock.getAsLong() + TimeUnit.MILLISECONDS.toNanos(waitMillis));
        reconnects.increment();
        meter.reconnects();
        pause(waitMillis);
      }
      become(PushState.STOPPED, "");
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "room=" + roomId + " push=" + spec.id() + " failed", e);
      become(PushState.FAILED, "This node could not push it: its log says why.");
    } finally {
      over.countDown();
    }
  }

  /** One connection, until it ends; says why it did when it should not have. */
  private Optional<PushFailure> attempt() {
    Optional<CodedFormat> picture = formats.picture();
    Optional<CodedFormat> sound = formats.sound();
    if (picture.isEmpty() || sound.isEmpty()) {
      return Optional.of(
          new PushFailure(PushFailure.Kind.PASSING, "The program has not begun yet."));
    }
    slow = false;
    try (Outlet open = outlets.to(spec.destination(), picture.get(), sound.get())) {
      outlet = open;
      open.await();
      patience(OPEN_NANOS);
      open.open();
      patience(NEVER);
      carry(open);
      open.finish();
      return Optional.empty();
    } catch (PushFailure e) {
      return Optional.of(slow ? tooSlow() : e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      takeSamples(false);
      outlet = null;
      patience(NEVER);
    }
  }

  private PushFailure tooSlow() {
    return new PushFailure(
        PushFailure.Kind.PASSING,
        "The platform at "
            + spec.destination().host()
            + " took nothing for 10 seconds: is the line fast enough?");
  }

  private void carry(Outlet open) throws PushFailure {
    takeSamples(true);
    for (CodedSample next = take(); next != null; next = take()) {
      patience(SEND_NANOS);
      open.send(next);
      patience(NEVER);
      bytes.add(next.payload().length);
      meter.sent(next.payload().length);
      if (standing.state() != PushState.LIVE) {
        become(PushState.LIVE, "");
      }
    }
  }

  /** Nothing may take longer than that from now on. */
  private void patience(long nanos) {
    deadlineNanos = nanos == NEVER ? NEVER : nanoClock.getAsLong() + nanos;
  }

  private void takeSamples(boolean on) {
    lock.lock();
    try {
      taking = on;
      queue.begin();
    } finally {
      lock.unlock();
    }
  }

  /** The next sample; null when nothing more comes. */
  private @Nullable CodedSample take() {
    lock.lock();
    try {
      while (true) {
        CodedSample next = isEnding() ? queue.rest() : queue.poll();
        if (next != null || isEnding()) {
          return next;
        }
        news.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void pause(long millis) {
    try {
      if (ending.await(millis, TimeUnit.MILLISECONDS)) {
        LOG.log(System.Logger.Level.DEBUG, "room={0} push={1} ends", roomId, spec.id());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ending.countDown();
    }
  }

  private void become(PushState state, String detail) {
    become(state, detail, NEVER);
  }

  private void become(PushState state, String detail, long untilNanos) {
    Standing before = standing;
    standing = new Standing(state, detail, nanoClock.getAsLong(), untilNanos);
    if (before.state() != state) {
      LOG.log(
          state == PushState.FAILED ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
          "room={0} push={1} to={2} state={3} before={4} {5}",
          roomId,
          spec.id(),
          spec.destination(),
          state.wireName(),
          before.state().wireName(),
          detail);
    }
  }
}
