package dev.amphi.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.packager.push.CodedFormat;
import dev.amphi.packager.push.CodedSample;
import dev.amphi.packager.push.Destination;
import dev.amphi.packager.push.PushFailure;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A push to a platform that takes nothing, on a clock of its own. */
class PushTest {
  private static final CodedFormat PICTURE = new CodedFormat(true, 640, 360, 1, new byte[] {1});
  private static final CodedFormat SOUND = new CodedFormat(false, 0, 0, 1, new byte[] {2});
  private static final Push.Formats FORMATS =
      new Push.Formats() {
        @Override
        public Optional<CodedFormat> picture() {
          return Optional.of(PICTURE);
        }

        @Override
        public Optional<CodedFormat> sound() {
          return Optional.of(SOUND);
        }
      };

  private final AtomicLong nowNanos = new AtomicLong(1);
  private final AtomicLong lost = new AtomicLong();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger sending = new AtomicInteger();

  /** Waits for ever in send, until it is closed. */
  private class Deaf implements Outlet {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void open() throws PushFailure {
      opened.incrementAndGet();
    }

    @Override
    public void send(CodedSample sample) throws PushFailure {
      sending.incrementAndGet();
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new PushFailure(PushFailure.Kind.PASSING, "It was closed.");
    }

    @Override
    public void finish() {}

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private final PushMeter meter =
      new PushMeter() {
        @Override
        public void sent(long bytes) {}

        @Override
        public void reconnects() {}

        @Override
        public void dropped(long groups) {
          lost.addAndGet(groups);
        }
      };

  private Push push() throws PushFailure {
    return push(Deaf::new);
  }

  private Push push(Supplier<Outlet> outlets) throws PushFailure {
    return new Push(
        new PushSpec("1", "Deaf", Destination.of("rtmp://deaf.test/a/k", ""), ""),
        "maths",
        (destination, picture, sound) -> outlets.get(),
        FORMATS,
        meter,
        () -> 0,
        nowNanos::get);
  }

  private static void second(Push push, int number) {
    long nanos = TimeUnit.SECONDS.toNanos(number);
    push.sample(new CodedSample(PICTURE, nanos, number % 2 == 0, new byte[100]));
    push.sample(new CodedSample(SOUND, nanos, false, new byte[10]));
  }

  @Test
  void losesWholeGroupsAndIsHungUpOnAfterTenSeconds() throws Exception {
    Push push = push();
    push.start(0);
    await().until(() -> opened.get() == 1);
    AtomicInteger number = new AtomicInteger();
    await()
        .until(
            () -> {
              second(push, number.getAndIncrement());
              return sending.get() == 1;
            });
    for (int i = 0; i < 20; i++) {
      second(push, number.getAndIncrement()); // returns at once, though nobody takes it
    }
    assertThat(push.droppedGroups()).isPositive().isEqualTo(lost.get());
    push.watch(nowNanos.addAndGet(TimeUnit.SECONDS.toNanos(9)));
    assertThat(push.state()).isEqualTo(PushState.CONNECTING);
    push.watch(nowNanos.addAndGet(TimeUnit.SECONDS.toNanos(2)));
    await().until(() -> push.reconnectCount() == 1);
    assertThat(push.detail())
        .isEqualTo(
            "The platform at deaf.test took nothing for 10 seconds: is the line fast enough?");
    await().until(() -> opened.get() == 2);
    push.stop();
    await().until(push::isOver);
    assertThat(push.state()).isEqualTo(PushState.STOPPED);
  }

  @Test
  void saysForHowLongItHasStoodAndWhenItIsTriedAgain() throws Exception {
    Push broken =
        push(
            () ->
                new Deaf() {
                  @Override
                  public void open() throws PushFailure {
                    throw new PushFailure(PushFailure.Kind.PASSING, "Not now.");
                  }
                });
    assertThat(broken.retryInS()).isZero();
    broken.start(0);
    await().until(() -> broken.state() == PushState.RETRYING && broken.retryInS() >= 1);
    broken.stop();
    await().until(broken::isOver);
    assertThat(broken.retryInS()).isZero();

    Push good =
        push(
            () ->
                new Deaf() {
                  @Override
                  public void send(CodedSample sample) {}
                });
    good.start(0);
    AtomicInteger number = new AtomicInteger();
    await()
        .until(
            () -> {
              second(good, number.getAndIncrement());
              return good.state() == PushState.LIVE;
            });
    assertThat(good.stateForS()).isZero();
    nowNanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(62_900));
    assertThat(good.stateForS()).isEqualTo(62);
    good.stop();
    await().until(good::isOver);
  }

  @Test
  void toWaitForATurnIsNotToBeSlow() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Push push =
        push(
            () ->
                new Deaf() {
                  @Override
                  public void await() throws InterruptedException {
                    asked.countDown();
                    closed.await();
                  }

                  @Override
                  public void open() throws PushFailure {
                    throw new PushFailure(PushFailure.Kind.PASSING, "It was closed.");
                  }

                  @Override
                  public void close() {
                    closed.countDown();
                  }
                });
    push.start(0);
    asked.await();
    push.watch(nowNanos.addAndGet(TimeUnit.MINUTES.toNanos(5)));
    assertThat(closed.getCount()).isOne();
    push.stop();
    push.watch(nowNanos.addAndGet(TimeUnit.SECONDS.toNanos(4)));
    await().until(push::isOver);
    assertThat(push.state()).isEqualTo(PushState.STOPPED);
  }

  @Test
  void whatCannotBeSaidAtTheEndIsNotWaitedFor() throws Exception {
    Push push = push();
    push.start(0);
    await().until(() -> opened.get() == 1);
    AtomicInteger number = new AtomicInteger();
    await()
        .until(
            () -> {
              second(push, number.getAndIncrement());
              return sending.get() == 1;
            });
    push.stop();
    assertThat(push.isOver()).isFalse();
    push.watch(nowNanos.addAndGet(TimeUnit.SECONDS.toNanos(4)));
    await().until(push::isOver);
  }
}
