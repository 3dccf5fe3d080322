package dev.amphi.interactive.transport.port;

import dev.amphi.interactive.transport.ice.AddressPair;
import dev.amphi.interactive.transport.ice.IceCredentials;
import dev.amphi.interactive.transport.ice.IceLite;
import dev.amphi.interactive.transport.ice.IcePath;
import dev.amphi.interactive.transport.ice.StunMessage;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A participant's session on the media port: the lite agent, and the way out. */
final class ServerPath implements IcePath, IceLite.Output {
  /** Checks between the loop that read them and ours. A browser sends twenty a second at most. */
  private static final int CHECKS_WAITING = 32;

  private final MediaPort port;
  private final Executor loop;
  private final Listener listener;
  private final @Nullable NettyLoop home;
  private final IceLite agent;
  private final Outbox outbox;
  private final AtomicInteger checksWaiting = new AtomicInteger();
  private volatile List<IceCredentials> accepted;
  private volatile @Nullable AddressPair selected;
  private volatile @Nullable IceCredentials far;
  private volatile boolean closed;
  private long checkedNanos;

  ServerPath(MediaPort port, Executor loop, Listener listener) {
    this.port = port;
    this.loop = loop;
    this.listener = listener;
    this.home = NettyLoop.current();
    this.outbox = new Outbox(MediaPort.ALLOCATOR, home, loop, port);
    IceCredentials credentials = port.register(this);
    this.agent = new IceLite(credentials, port.random());
    this.accepted = List.of(credentials);
  }

  @Override
  public IceCredentials credentials() {
    return agent.local();
  }

  @Override
  public List<String> candidates() {
    return port.candidates();
  }

  @Override
  public void start(IceCredentials remote, List<String> remoteCandidates) {
    far = remote;
    agent.start(remote);
  }

  @Override
  public void restart(IceCredentials remote, List<String> remoteCandidates) {
    IceCredentials credentials = port.register(this);
    far = remote;
    agent.restart(credentials, remote, this);
    List<IceCredentials> both = new java.util.ArrayList<>(accepted);
    both.add(credentials);
    accepted = List.copyOf(both);
  }

  /** A STUN message that is for this session; on the thread that read it. */
  void check(byte[] bytes, int length, AddressPair from, long nowNanos) {
    if (home != null && home.inLoop()) {
      onCheck(bytes, length, from, nowNanos);
      return;
    }
    if (!authentic(bytes, length) || checksWaiting.get() >= CHECKS_WAITING) {
      port.refused();
      return;
    }
    checksWaiting.incrementAndGet();
    byte[] copy = Arrays.copyOf(bytes, length);
    loop.execute(
        () -> {
          checksWaiting.decrementAndGet();
          onCheck(copy, length, from, nowNanos);
        });
  }

  /** A check is made with our password, the answer to one of ours with theirs. */
  private boolean authentic(byte[] bytes, int length) {
    if (StunMessage.type(bytes, length) == StunMessage.BINDING_SUCCESS) {
      IceCredentials theirs = far;
      return theirs != null && StunMessage.authentic(bytes, length, theirs.password());
    }
    return accepted.stream()
        .anyMatch(ours -> StunMessage.authentic(bytes, length, ours.password()));
  }

  private void onCheck(byte[] bytes, int length, AddressPair from, long nowNanos) {
    if (closed) {
      return;
    }
    checkedNanos = nowNanos;
    long before = agent.rejected();
    agent.onMessage(bytes, length, from, nowNanos, this);
    if (agent.rejected() == before) {
      if (from instanceof UdpPair && agent.holds(from)) {
        validated(from); // again: others may have taken the address, or pushed it out
      }
      listener.consented(nowNanos);
    } else {
      port.refused();
    }
  }

  /** Anything else that came from a validated address; on the thread that read it. */
  void datagram(byte[] bytes, int length, SocketAddress source, long nowNanos) {
    listener.datagram(bytes, 0, length, source, nowNanos);
  }

  /** The connection under a pair has ended; any thread. */
  void gone(AddressPair pair) {
    loop.execute(() -> agent.onGone(pair, this));
  }

  @Override
  public void validated(AddressPair pair) {
    port.sessions().add(pair, this, checkedNanos);
    listener.validated(pair.remote());
  }

  @Override
  public void send(byte[] message, AddressPair to) {
    port.send(message, 0, message.length, to, home);
  }

  @Override
  public void selected(AddressPair pair) {
    selected = pair;
    if (agent.switches() > 0) {
      listener.moved();
    }
  }

  @Override
  public void forgotten(AddressPair pair) {
    port.sessions().remove(pair, this);
    if (pair.equals(selected)) {
      selected = null;
    }
  }

  @Override
  public void retired(IceCredentials credentials) {
    port.sessions().remove(credentials.key(), this);
    accepted = accepted.stream().filter(kept -> !kept.equals(credentials)).toList();
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length) {
    AddressPair pair = selected;
    return pair != null && !closed && port.send(buffer, offset, length, pair, home);
  }

  @Override
  public boolean gather(byte[] buffer, int offset, int length) {
    AddressPair pair = selected;
    if (pair == null || closed) {
      return false;
    }
    outbox.gather(buffer, offset, length, pair);
    return true;
  }

  @Override
  public void flush() {
    outbox.flush();
  }

  @Override
  public void heard(SocketAddress source, long nowNanos) {
    agent.onMedia(source, nowNanos);
    if (selected instanceof UdpPair pair && pair.remote().equals(source)) {
      port.sessions().add(pair, this, nowNanos);
    }
  }

  @Override
  public @Nullable AddressPair selected() {
    return selected;
  }

  @Override
  public long switches() {
    return agent.switches();
  }

  @Override
  public void close() {
    closed = true;
    outbox.close();
    accepted.forEach(credentials -> port.sessions().remove(credentials.key(), this));
    for (AddressPair pair : agent.valid()) {
      port.sessions().remove(pair, this);
    }
  }
}
