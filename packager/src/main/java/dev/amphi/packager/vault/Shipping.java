package dev.amphi.packager.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What is to be done with one store, in turns: never two transfers at once, a large file between
 * many small ones. What fails is tried again for ever, later and later; what waits for it lies on
 * the disk and takes no memory. For one thread; time comes as an argument.
 */
final class Shipping {
  static final long NEVER = Long.MAX_VALUE;
  private static final System.Logger LOG = System.getLogger(Shipping.class.getName());
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Claim claim;
  private final Backoff backoff;
  private final List<Errand> errands = new ArrayList<>();
  private final Map<Errand, Long> resting = new HashMap<>();
  private final Set<Errand> troubled = new HashSet<>();
  private boolean looked;
  private long nextLook;
  private String problem = "";
  private long failures;
  private long successes;

  Shipping(Claim claim, Backoff backoff) {
    this.claim = claim;
    this.backoff = backoff;
    errands.add(claim);
  }

  void add(Errand errand) {
    errands.add(errand);
    looked = false;
  }

  /** Nothing more is done about a recording. */
  void remove(String name) {
    errands.removeIf(errand -> errand.name().equals(name));
    resting.keySet().retainAll(errands);
    troubled.retainAll(errands);
  }

  /** Why nothing can be brought to the store now, for people; "" when it can. */
  String problem() {
    return problem.isEmpty() ? claim.problem() : problem;
  }

  long failures() {
    return failures;
  }

  /** Transfers that came through. */
  long successes() {
    return successes;
  }

  /** Bytes on this disk that the store does not have. */
  long waitingBytes() {
    return errands.stream().mapToLong(Errand::waitingBytes).sum();
  }

  /** Does one thing, if there is one; tells when to call again. */
  long step(long nowNanos) {
    if (!looked || nowNanos - nextLook >= 0) {
      looked = true;
      nextLook = nowNanos + LOOK_NANOS;
      List.copyOf(errands).forEach(errand -> look(errand, nowNanos));
    }
    if (backoff.untilNanos() != Long.MIN_VALUE && nowNanos - backoff.untilNanos() < 0) {
      return Math.min(backoff.untilNanos(), nextLook);
    }
    Optional<Errand> next = next(nowNanos);
    if (next.isEmpty()) {
      return nextLook;
    }
    step(next.get(), nowNanos);
    return nowNanos;
  }

  private Optional<Errand> next(long nowNanos) {
    resting.values().removeIf(until -> nowNanos - until >= 0);
    return errands.stream()
        .filter(errand -> errand == claim || claim.isHeld())
        .filter(errand -> !resting.containsKey(errand) && errand.isReady(nowNanos))
        .min(Comparator.comparing(Errand::rank));
  }

  private void step(Errand errand, long nowNanos) {
    // The next of the same rank is another one's turn.
    errands.remove(errand);
    errands.add(errand);
    try {
      if (errand.step(nowNanos)) {
        errands.remove(errand);
      }
      works();
    } catch (StoreException e) {
      fails(errand, e, nowNanos);
    } catch (IOException | RuntimeException e) {
      rests(errand, e, nowNanos);
    }
  }

  private void works() {
    successes++;
    backoff.succeeded();
    if (!problem.isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO,
          "the object store works again; {0} bytes of recordings wait for it",
          waitingBytes());
      problem = "";
    }
  }

  private void fails(Errand errand, StoreException e, long nowNanos) {
    failures++;
    backoff.failed(nowNanos);
    String sentence = String.valueOf(e.getMessage());
    if (!sentence.equals(problem)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "recordings cannot be brought to the object store: {0}. They are kept on this disk, and"
              + " it is tried again",
          sentence);
      LOG.log(System.Logger.Level.DEBUG, "the object store", e);
    }
    problem = sentence;
    errand.failed(e);
  }

  private void rests(Errand errand, Exception e, long nowNanos) {
    resting.put(errand, nowNanos + REST_NANOS);
    if (troubled.add(errand)) {
      LOG.log(System.Logger.Level.WARNING, "recording " + errand.name() + " cannot be shipped", e);
    }
    errand.failed(e instanceof IOException io ? io : new IOException(e));
  }

  private void look(Errand errand, long nowNanos) {
    if (resting.containsKey(errand)) {
      return;
    }
    try {
      errand.look(nowNanos);
    } catch (IOException | RuntimeException e) {
      rests(errand, e, nowNanos);
    }
  }
}
