package dev.amphi.interactive.transport.ice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lite side of ICE (RFC 8445 §2.5) for one transport with one component: answers the full
 * side's checks and sends where that side nominates. Never checks, resolves or sends anything by
 * itself, so no candidate of a far side is ever looked at. Sans-I/O, confined to one thread.
 *
 * <pre>
 * check ─▶ ours? ─▶ authentic? ─▶ fresh? ─▶ understood? ─▶ role right? ─▶ pair valid ─▶ answer ─▶ selection
 *          silent    silent        silent    420            487
 * </pre>
 *
 * An ICE restart adds a second generation of credentials; the pair of the first stays selected
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

  /** Transactions remembered: a check that was overheard moves nothing elsewhere. */
  private static final int REMEMBERED = 64;

  private final List<Pair> pairs = new ArrayList<>();
  private final Transaction[] seen = new Transaction[REMEMBERED];
  private Generation current;
  private @Nullable Generation next;
  private @Nullable Pair selected;
  private long settledNanos;
  private int seenCount;
  private long switches;
  private long rejected;

  /** What follows from a check. */
  public interface Output {
    /** The pair is the far side's: what comes over it may be heard. Always before its answer. */
    void validated(AddressPair pair);

    /** Sends a STUN message; never longer than the check that it answers. */
    void send(byte[] message, AddressPair to);

    /** Everything goes over this pair from now on. */
    void selected(AddressPair pair);

    /** Nothing is to be heard over this pair any more. */
    void forgotten(AddressPair pair);

    /** These credentials of ours count no more. */
    void retired(IceCredentials credentials);
  }

  private static final class Transaction {
    final byte[] id;
    final AddressPair from;

    Transaction(byte[] id, AddressPair from) {
      this.id = id;
      this.from = from;
    }
  }

  private static final class Generation {
    final IceCredentials local;
    String username = "";

    Generation(IceCredentials local) {
      this.local = local;
    }
  }

  private static final class Pair {
    final AddressPair address;
    Generation generation;
    boolean nominated;
    long priority;
    long heardNanos;

    Pair(AddressPair address, Generation generation) {
      this.address = address;
      this.generation = generation;
    }
  }

  public IceLite(IceCredentials local) {
    current = new Generation(local);
  }

  /** The credentials that the next answer is to carry. */
  public IceCredentials local() {
    Generation restarted = next;
    return restarted == null ? current.local : restarted.local;
  }

  /** Tells the far side's user fragment; checks before that are not answered. */
  public void start(String remoteUfrag) {
    current.username = current.local.ufrag() + ":" + remoteUfrag;
  }

  /** An ICE restart; one that was begun and not finished gives way. */
  public void restart(IceCredentials local, String remoteUfrag, Output out) {
    Generation abandoned = next;
    if (abandoned != null) {
      out.retired(abandoned.local);
    }
    Generation restarted = new Generation(local);
    restarted.username = local.ufrag() + ":" + remoteUfrag;
    next = restarted;
  }

  /** Takes a STUN message that came over a pair. */
  public void onMessage(byte[] in, int length, AddressPair from, long nowNanos, Output out) {
    BindingRequest request = BindingRequest.read(in, length);
    Generation generation = request == null ? null : generation(request.username());
    if (request == null
        || generation == null
        || !StunMessage.authentic(in, length, generation.local.password())
        || overheard(request.transaction(), from)) {
      rejected++;
      return;
    }
    String password = generation.local.password();
    if (request.unknown().length > 0) {
      answer(
          StunMessage.error(request.transaction(), 420, request.unknown(), password),
          length,
          from,
          out);
    } else if (request.controlled()) {
      // RFC 8445 §7.3.1.1: the full side of a lite one is always controlling.
      answer(
          StunMessage.error(request.transaction(), 487, new int[0], password), length, from, out);
    } else {
      Pair pair = heard(from, generation, request.priority(), nowNanos, out);
      byte[] success =
          StunMessage.success(
              request.transaction(), from.remote().getAddress(), from.remote().getPort(), password);
      answer(success, length, from, out);
      select(pair, request.useCandidate(), nowNanos, out);
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

  private @Nullable Generation generation(String username) {
    Generation restarted = next;
    if (restarted != null && restarted.username.equals(username)) {
      return restarted;
    }
    return current.username.equals(username) ? current : null;
  }

  /** Whether the same check came over another pair before: then somebody sends it again. */
  private boolean overheard(byte[] transaction, AddressPair from) {
    for (int i = 0; i < Math.min(seenCount, REMEMBERED); i++) {
      if (Arrays.equals(seen[i].id, transaction)) {
        return !seen[i].from.equals(from);
      }
    }
    seen[seenCount++ % REMEMBERED] = new Transaction(transaction, from);
    return false;
  }

  private Pair heard(
      AddressPair address, Generation generation, long priority, long nowNanos, Output out) {
    Pair pair = find(address);
    if (pair == null) {
      makeRoom(out);
      pair = new Pair(address, generation);
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

  private @Nullable Pair find(AddressPair address) {
    for (Pair pair : pairs) {
      if (pair.address.equals(address)) {
        return pair;
      }
    }
    return null;
  }

  private void makeRoom(Output out) {
    if (pairs.size() < MAX_PAIRS) {
      return;
    }
    Pair oldest = null;
    for (Pair pair : pairs) {
      if (pair != selected && (oldest == null || pair.heardNanos - oldest.heardNanos < 0)) {
        oldest = pair;
      }
    }
    if (oldest != null) {
      pairs.remove(oldest);
      out.forgotten(oldest.address);
    }
  }

  private void select(Pair pair, boolean nominates, long nowNanos, Output out) {
    boolean first = nominates && !pair.nominated;
    pair.nominated |= nominates;
    if (pair.generation == next) {
      if (nominates) {
        out.retired(current.local);
        current = pair.generation;
        next = null;
        settledNanos = nowNanos + SETTLING_NANOS;
        use(pair, out);
      }
      return;
    }
    Pair before = selected;
    if (before == null || before.generation != current) {
      settledNanos = nowNanos + SETTLING_NANOS;
      use(pair, out);
    } else if (before == pair) {
      if (first) {
        settledNanos = nowNanos + SETTLING_NANOS;
      }
    } else if (nominates ? wins(pair, before, nowNanos) : silent(before, nowNanos)) {
      use(pair, out);
    }
  }

  private boolean wins(Pair pair, Pair before, long nowNanos) {
    return !before.nominated || pair.priority > before.priority || nowNanos - settledNanos >= 0;
  }

  private static boolean silent(Pair pair, long nowNanos) {
    return nowNanos - pair.heardNanos > SILENT_NANOS;
  }

  private void use(Pair pair, Output out) {
    if (pair == selected) {
      return;
    }
    if (selected != null) {
      switches++;
    }
    selected = pair;
    out.selected(pair.address);
  }

  /** Authenticated media came from there: the pair is alive without a check. */
  public void onMedia(java.net.SocketAddress remote, long nowNanos) {
    for (Pair pair : pairs) {
      if (pair.address.remote().equals(remote)) {
        pair.heardNanos = nowNanos;
      }
    }
  }

  /** The pair is no more: its TCP connection ended. Another that is valid may take over. */
  public void onGone(AddressPair address, Output out) {
    Pair gone = find(address);
    if (gone == null) {
      return;
    }
    pairs.remove(gone);
    out.forgotten(address);
    if (gone == selected) {
      selected = null;
      for (Pair pair : pairs) {
        if (pair.generation == current
            && (selected == null || pair.heardNanos - selected.heardNanos > 0)) {
          selected = pair;
        }
      }
      if (selected != null) {
        switches++;
        out.selected(selected.address);
      }
    }
  }

  /** Whether that pair was validated and not forgotten. */
  public boolean holds(AddressPair address) {
    return find(address) != null;
  }

  /** All pairs that were validated and not forgotten. */
  public List<AddressPair> valid() {
    return pairs.stream().map(pair -> pair.address).toList();
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
