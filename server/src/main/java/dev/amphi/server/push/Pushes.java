package dev.amphi.server.push;

import dev.amphi.packager.push.Destination;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;

/** All pushes of a node. Thread-safe. */
public final class Pushes implements AutoCloseable {
  private static final long LAST_WORDS_MILLIS = 4_000;

  /** Starts of SRT's children, each a Java machine; it lasts until its call is taken or not. */
  private static final int STARTS_AT_ONCE = 2;

  /** What is the same for all. */
  record Parts(int mostPerRoom, Reach reach, Outlets outlets, PushStore store, PushMeter meter) {}

  private final Parts parts;
  private final SecureRandom random = new SecureRandom();
  private final Set<Push> running = ConcurrentHashMap.newKeySet();
  private final Set<ClassPushes> classes = ConcurrentHashMap.newKeySet();

  Pushes(Parts parts) {
    this.parts = parts;
  }

  /**
   * The pushes of a node.
   *
   * @param mostPerRoom how many a class may have
   * @param allowPrivate whether they may go to addresses of private networks
   * @param folder where they are kept with their secrets
   * @param tls decides which certificates are trusted
   */
  public static Pushes of(
      int mostPerRoom, boolean allowPrivate, Path folder, SSLSocketFactory tls, PushMeter meter) {
    Reach reach = new Reach(allowPrivate);
    SecureRandom random = new SecureRandom();
    Turns starts = new Turns(STARTS_AT_ONCE);
    return new Pushes(
        new Parts(
            mostPerRoom,
            reach,
            (destination, picture, sound) ->
                destination.scheme() == Destination.Scheme.SRT
                    ? new SrtOutlet(destination, reach, picture, sound, starts)
                    : new RtmpOutlet(destination, reach, tls, random, System::nanoTime),
            PushStore.in(folder),
            meter));
  }

  /** Of a node that pushes nothing. */
  public static Pushes none() {
    return new Pushes(
        new Parts(
            0,
            new Reach(false),
            (destination, picture, sound) -> {
              throw new IllegalStateException("This node pushes nothing.");
            },
            PushStore.none(),
            PushMeter.NONE));
  }

  /** The pushes of one class; it has none yet. */
  public ClassPushes of(String roomId) {
    return new ClassPushes(roomId, parts, this, random, System::nanoTime);
  }

  /** A class is on air. */
  void airing(ClassPushes pushes) {
    classes.add(pushes);
  }

  /**
   * Runs it.
   *
   * @param spreadMillis how long it may wait, by chance, before it connects
   */
  void start(Push push, long spreadMillis) {
    running.add(push);
    push.start(spreadMillis);
  }

  /** What a class that another node has now left behind is gone. */
  public void forget(String roomId) {
    parts.store().forget(roomId);
  }

  /** Ends what takes too long; twice a second. */
  public void tick() {
    long nowNanos = System.nanoTime();
    running.removeIf(Push::isOver);
    running.forEach(push -> push.watch(nowNanos));
    classes.removeIf(ClassPushes::isClosed);
  }

  /** How many stand so. */
  public int count(PushState state) {
    return (int)
        classes.stream()
            .map(ClassPushes::views)
            .flatMap(List::stream)
            .filter(view -> view.state() == state)
            .count();
  }

  /** Waits for the last words of those that end. */
  @Override
  public void close() {
    classes.forEach(ClassPushes::offAir);
    long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_WORDS_MILLIS);
    try {
      while (!running.stream().allMatch(Push::isOver) && System.nanoTime() - untilNanos < 0) {
        tick();
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
