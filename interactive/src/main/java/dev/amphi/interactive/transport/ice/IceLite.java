package dev.amphi.interactive.transport.ice;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The lite side of ICE (RFC 8445 §2.5) for one transport with one component: answers the full
 * side's checks and sends where that side nominates. Resolves nothing, and no candidate of a far
 * side is ever looked at. Sans-I/O, confined to one thread.
 *
 * <pre>
 * check ─▶ ours? ─▶ authentic? ─▶ fresh? ─▶ understood? ─▶ role right? ─▶ pair valid ─▶ answer ─▶ selection
 *          silent    silent        silent    420            487
 * </pre>
 *
 * A check's sender may lie about its address, even one with the right password. So media never
 * moves to a pair before the far side has answered a check of our own there (RFC 8445 §7.3.1.4
 * calls it triggered; a lite side need not, and may). Only the very first pair is taken at its
 * word: there is no media before the DTLS handshake, which nobody ends who does not hear us.
 *
 * <p>An ICE restart adds a second generation of credentials; the pair of the first stays selected
 * until a check of the second nominates (RFC 8445 §2.4).
 */
public final class IceLite {
  /** A phone that roams brings a new pair each time; the longest silent gives way. */
  static final int MAX_PAIRS = 8;

  /**
   * So long after the first nomination the higher priority wins, as aggressive nomination means it
   * (RFC 5245 §8.1.1.2); after that the latest nomination does, as the network has changed.
   */
  static final long SETTLING_NANOS = 2_000_000_000L;

  /** A selected pair that silent gives way to one that is checked, nominated or not. */
  static final long SILENT_NANOS = 5_000_000_000L;

  private final RandomGenerator random;
  private final long tieBreaker;
  private final ValidPairs pairs = new ValidPairs(MAX_PAIRS);
  private final RecentChecks recent = new RecentChecks();
  private Generation current;
  private @Nullable Generation next;
  private @Nullable ValidPair selected;

  /** The pair that takes over once it is proved. */
  private @Nullable ValidPair awaited;

  private boolean awaitedNominated;
  private boolean everSelected;
  private long settledNanos;
  private long switches;
  private long rejected;

  /** What follows from a check. */
  public interface Output {
    /** The pair is the far side's: what comes over it may be heard. Always before its answer. */
    void validated(AddressPair pair);

    /** Sends a STUN message; never longer than the check that led to it. */
    void send(byte[] message, AddressPair to);

    /** Everything goes over this pair from now on. */
    void selected(AddressPair pair);

    /** Nothing is to be heard over this pair any more. */
    void forgotten(AddressPair pair);

    /** These credentials of ours count no more. */
    void retired(IceCredentials credentials);
  }

  /** An agent that does not know its far side yet. */
  public IceLite(IceCredentials local, RandomGenerator random) {
    this.current = new Generation(local);
    this.random = random;
    this.tieBreaker = random.nextLong();
  }

  /** The credentials that the next answer is to carry. */
  public IceCredentials local() {
    Generation restarted = next;
    return restarted == null ? current.local : restarted.local;
  }

  /** Tells the far side's credentials; checks before that are not answered. */
  public void start(IceCredentials remote) {
    current.remote(remote);
  }

  /** An ICE restart; one that was begun and not finished gives way. */
  public void restart(IceCredentials local, IceCredentials remote, Output out) {
    Generation abandoned = next;
    if (abandoned != null) {
      out.retired(abandoned.local);
    }
    Generation restarted = new Generation(local);
    restarted.remote(remote);
    next = restarted;
  }

  /** Takes a STUN message that came over a pair. */
  public void onMessage(byte[] in, int length, AddressPair from, long nowNanos, Output out) {
    if (StunMessage.type(in, length) == StunMessage.BINDING_SUCCESS) {
      onProof(in, length, from, nowNanos, out);
      return;
    }
    BindingRequest request = BindingRequest.read(in, length);
    Generation generation = request == null ? null : generation(request.username());
    if (request == null
        || generation == null
        || !StunMessage.authentic(in, length, generation.local.password())
        || recent.overheard(request.transaction(), from)) {
      rejected++;
      return;
    }
    String password = generation.local.password();
    byte[] id = request.transaction();
    if (request.unknown().length > 0) {
      answer(StunMessage.error(id, 420, request.unknown(), password), length, from, out);
    } else if (request.controlled()) {
      // RFC 8445 §7.3.1.1: the full side of a lite one is always controlling.
      answer(StunMessage.error(id, 487, new int[0], password), length, from, out);
    } else {
      ValidPair pair = heard(from, generation, request.priority(), nowNanos, out);
      InetSocketAddress seen = from.remote();
      answer(
          StunMessage.success(id, seen.getAddress(), seen.getPort(), password), length, from, out);
      select(pair, request.useCandidate(), nowNanos, out);
      if (!pair.proved && pair.mayAsk(nowNanos)) {
        ask(pair, length, out);
      }
    }
  }

  private void answer(byte[] message, int length, AddressPair to, Output out) {
    // Nobody gets more than was sent in his name, were the sender's address a lie.
    if (message.length <= length) {
      out.send(message, to);
    } else {
      rejected++;
    }
  }

  private void ask(ValidPair pair, int length, Output out) {
    byte[] check = pair.generation.check(pair.transaction(random), tieBreaker);
    if (check != null) {
      answer(check, length, pair.address, out);
    }
  }

  /** The far side answers our check: it is where it said. */
  private void onProof(byte[] in, int length, AddressPair from, long nowNanos, Output out) {
    ValidPair pair = pairs.find(from);
    if (pair == null || !pair.answeredBy(in, length)) {
      rejected++;
      return;
    }
    pair.proved = true;
    pair.heardNanos = nowNanos;
    if (pair == awaited) {
      awaited = null;
      if (takesOver(pair, awaitedNominated, nowNanos)) {
        move(pair, nowNanos, out);
      }
    }
  }

  private @Nullable Generation generation(String username) {
    Generation restarted = next;
    if (restarted != null && restarted.named(username)) {
      return restarted;
    }
    return current.named(username) ? current : null;
  }

  private ValidPair heard(
      AddressPair address, Generation generation, long priority, long nowNanos, Output out) {
    ValidPair pair = pairs.find(address);
    if (pair == null) {
      ValidPair oldest = pairs.supernumerary(selected);
      if (oldest != null) {
        pairs.remove(oldest);
        out.forgotten(oldest.address);
      }
      pair = new ValidPair(address, generation);
      pairs.add(pair);
      out.validated(address);
    }
    if (pair.generation != generation) {
      pair.generation = generation;
      pair.nominated = false;
    }
    pair.priority = priority;
    pair.heardNanos = nowNanos;
    return pair;
  }

  private void select(ValidPair pair, boolean nominates, long nowNanos, Output out) {
    boolean first = nominates && !pair.nominated;
    pair.nominated |= nominates;
    if (pair == selected && pair.generation == current) {
      if (first) {
        settledNanos = nowNanos + SETTLING_NANOS;
      }
    } else if (takesOver(pair, nominates, nowNanos)) {
      if (pair.proved || pair == selected || !everSelected) {
        move(pair, nowNanos, out);
      } else {
        awaited = pair;
        awaitedNominated = nominates;
      }
    }
  }

  private boolean takesOver(ValidPair pair, boolean nominates, long nowNanos) {
    ValidPair before = selected;
    if (pair.generation == next) {
      return nominates;
    }
    return before == null
        || before.generation != current
        || (before != pair
            && (nominates
                ? nowNanos - settledNanos >= 0 || pair.outranks(before)
                : nowNanos - before.heardNanos > SILENT_NANOS));
  }

  private void move(ValidPair pair, long nowNanos, Output out) {
    ValidPair before = selected;
    if (pair.generation == next) {
      out.retired(current.local);
      current = pair.generation;
      next = null;
      settledNanos = nowNanos + SETTLING_NANOS;
    } else if (before == null || before.generation != current) {
      settledNanos = nowNanos + SETTLING_NANOS;
    }
    use(pair, out);
  }

  private void use(ValidPair pair, Output out) {
    awaited = null;
    if (pair != selected) {
      switches += everSelected ? 1 : 0;
      everSelected = true;
      selected = pair;
      out.selected(pair.address);
    }
  }

  /** Authenticated media came from there: the pair is alive without a check. */
  public void onMedia(SocketAddress remote, long nowNanos) {
    pairs.heard(remote, nowNanos);
  }

  /** The pair is no more: its TCP connection ended. Another that is proved may take over. */
  public void onGone(AddressPair address, Output out) {
    ValidPair gone = pairs.find(address);
    if (gone == null) {
      return;
    }
    pairs.remove(gone);
    out.forgotten(address);
    if (gone == awaited) {
      awaited = null;
    }
    if (gone == selected) {
      selected = null;
      ValidPair another = pairs.newestProved(current);
      if (another != null) {
        use(another, out);
      }
    }
  }

  /** Whether that pair was validated and not forgotten. */
  public boolean holds(AddressPair address) {
    return pairs.find(address) != null;
  }

  /** All pairs that were validated and not forgotten. */
  public List<AddressPair> valid() {
    return pairs.addresses();
  }

  /** How often another pair took over from one in use. */
  public long switches() {
    return switches;
  }

  /** Messages that were not answered. */
  public long rejected() {
    return rejected;
  }
}
