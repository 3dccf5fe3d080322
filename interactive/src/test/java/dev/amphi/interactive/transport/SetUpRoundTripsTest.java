package dev.amphi.interactive.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.rtp.PacketKind;
import dev.amphi.interactive.transport.caller.ConnectivityChecks;
import dev.amphi.interactive.transport.dtls.DtlsRole;
import dev.amphi.interactive.transport.ice.AddressPair;
import dev.amphi.interactive.transport.ice.IceCredentials;
import dev.amphi.interactive.transport.ice.IceLite;
import dev.amphi.interactive.transport.ice.IcePath;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How many ways a set-up takes, over a network where each way takes the same and nothing else takes
 * any time: what leaves an end is one way later than the latest that came to it. So the time of
 * each datagram follows from what caused it, whatever the machine does meanwhile.
 */
class SetUpRoundTripsTest {
  /** One way of a network with 100 ms round trip. */
  private static final int WAY_MILLIS = 50;

  /** A record's type (RFC 6347 §4.1). */
  private static final int HANDSHAKE = 22;

  private static final InetSocketAddress NODE = new InetSocketAddress("192.0.2.1", 10_000);
  private static final Pair GUEST = new Pair(new InetSocketAddress("198.51.100.7", 40_000));

  private record Pair(InetSocketAddress remote) implements AddressPair {
    @Override
    public boolean tcp() {
      return false;
    }
  }

  private final TransportSide calling =
      new TransportSide(DtlsRole.CLIENT, new SecureRandom(), Clock.systemUTC());
  private final TransportSide answering =
      new TransportSide(DtlsRole.SERVER, new SecureRandom(), Clock.systemUTC());
  private final End guest = new End();
  private final End node = new End();

  /** A transport with its end of the network. */
  private static final class End implements Transport.Listener {
    final ExecutorService loop =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    final CompletableFuture<Integer> connectedAt = new CompletableFuture<>();
    final CompletableFuture<Integer> mediaAt = new CompletableFuture<>();
    final CompletableFuture<Boolean> heard = new CompletableFuture<>();
    private int ways;
    private @Nullable SecureTransport transport;
    private @Nullable TestPath path;

    SecureTransport transport() {
      if (transport == null) {
        throw new IllegalStateException("not made yet");
      }
      return transport;
    }

    synchronized int leaves() {
      return ways + 1;
    }

    /** Takes what came after so many ways. */
    void arrive(byte[] datagram, int after) {
      synchronized (this) {
        ways = Math.max(ways, after);
      }
      if (PacketKind.of(datagram, 0, datagram.length) == PacketKind.RTP) {
        mediaAt.complete(after);
      }
      if (path != null) {
        path.arrive(datagram);
      }
    }

    @Override
    public void connected() {
      synchronized (this) {
        connectedAt.complete(ways);
      }
    }

    /** Sends a first packet of sound, as soon as it may. */
    void speak() {
      var unused = connectedAt.thenRunAsync(this::send, loop);
    }

    private void send() {
      byte[] packet = new byte[64 + Transport.TAIL_ROOM];
      packet[0] = (byte) 0x80;
      packet[1] = 111;
      packet[11] = 7;
      transport().sendRtp(packet, 0, 64);
      transport().flush();
    }

    @Override
    public void rtp(byte[] buffer, int offset, int length, long nowNanos) {
      heard.complete(true);
    }

    @Override
    public void rtcp(byte[] buffer, int offset, int length, long nowNanos) {}

    @Override
    public void closed(String reason) {
      mediaAt.completeExceptionally(new AssertionError(reason));
    }
  }

  /** One end's ICE over the network; checks are answered on the thread that brings them. */
  private abstract static class TestPath extends BarePath {
    final Listener listener;
    private final IceCredentials credentials;
    private final End from;
    private final End to;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    TestPath(Listener listener, String name, End from, End to) {
      this.listener = listener;
      this.credentials = new IceCredentials(name, name + "-0123456789abcdef0123");
      this.from = from;
      this.to = to;
    }

    abstract void arrive(byte[] datagram);

    void dispatch(byte[] message) {
      to.arrive(message, from.leaves());
    }

    @Override
    public IceCredentials credentials() {
      return credentials;
    }

    /** DTLS looks at the machine's clock: what it says again, because that is slow, is left out. */
    @Override
    public boolean send(byte[] buffer, int offset, int length) {
      byte[] datagram = Arrays.copyOfRange(buffer, offset, offset + length);
      if (PacketKind.of(datagram, 0, length) != PacketKind.DTLS || said.add(message(datagram))) {
        dispatch(datagram);
      }
      return true;
    }

    /** Which of its handshake's messages that is (RFC 6347 §4.1 and §4.2.2). */
    private static String message(byte[] record) {
      ByteBuffer fields = ByteBuffer.wrap(record);
      int type = fields.get(0);
      int epoch = fields.getShort(3);
      int number = epoch == 0 && type == HANDSHAKE ? fields.getShort(17) : 0;
      return type + " " + epoch + " " + number;
    }
  }

  private static boolean isStun(byte[] datagram) {
    return PacketKind.of(datagram, 0, datagram.length) == PacketKind.STUN;
  }

  /** The participant's: checks once, and is answered. */
  private final class CallingPath extends TestPath {
    private @Nullable ConnectivityChecks checks;

    CallingPath(Listener listener) {
      super(listener, "guest", guest, node);
    }

    @Override
    public void start(IceCredentials remote, List<String> remoteCandidates) {
      checks = new ConnectivityChecks(new Random(1), credentials(), remote, List.of(NODE), 0);
      checks.poll(0, (message, to) -> dispatch(message));
    }

    @Override
    void arrive(byte[] datagram) {
      if (!isStun(datagram)) {
        listener.datagram(datagram, 0, datagram.length, NODE, System.nanoTime());
      } else if (checks != null && checks.answered(datagram, datagram.length, NODE, 0) != null) {
        listener.validated(NODE);
      }
    }
  }

  /** The node's: the real agent. */
  private final class LitePath extends TestPath implements IceLite.Output {
    private final IceLite ice = new IceLite(credentials(), new Random(2));

    LitePath(Listener listener) {
      super(listener, "node", node, guest);
    }

    @Override
    public void start(IceCredentials remote, List<String> remoteCandidates) {
      ice.start(remote);
    }

    @Override
    void arrive(byte[] datagram) {
      if (isStun(datagram)) {
        ice.onMessage(datagram, datagram.length, GUEST, 0, this);
      } else {
        listener.datagram(datagram, 0, datagram.length, GUEST.remote(), System.nanoTime());
      }
    }

    @Override
    public void validated(AddressPair pair) {
      listener.validated(pair.remote());
    }

    @Override
    public void send(byte[] message, AddressPair to) {
      dispatch(message);
    }

    @Override
    public void selected(AddressPair pair) {}

    @Override
    public void forgotten(AddressPair pair) {}

    @Override
    public void retired(IceCredentials credentials) {}
  }

  @AfterEach
  void close() {
    calling.close();
    answering.close();
    guest.loop.shutdownNow();
    node.loop.shutdownNow();
  }

  @Test
  void mediaFlowsThreeAndAHalfRoundTripsAfterTheAnswer() {
    make(node, answering, LitePath::new);
    make(guest, calling, CallingPath::new);
    LocalParameters offer = guest.transport().local();
    LocalParameters answer = node.transport().local();
    node.transport().start(told(offer, DtlsSetup.ACTPASS));

    // The answer is there: the clock starts.
    guest.transport().start(told(answer, DtlsSetup.PASSIVE));

    // The node has its keys first; what it sends arrives with what gives the participant its own.
    node.speak();
    int toGuest = await(guest.mediaAt);
    guest.speak();
    int toNode = await(node.mediaAt);
    assertThat(node.heard).as("authentic media").succeedsWithin(20, TimeUnit.SECONDS);
    // Check, answer, ClientHello, ServerHello…Done, Certificate…Finished: the node has its keys.
    assertThat(await(node.connectedAt)).isEqualTo(5);
    assertThat(await(guest.connectedAt)).isEqualTo(6);
    assertThat(toGuest * WAY_MILLIS).as("ms until the participant gets media").isEqualTo(300);
    assertThat(toNode * WAY_MILLIS).as("ms until the node gets media").isEqualTo(350);
  }

  private interface Paths {
    TestPath of(IcePath.Listener listener);
  }

  private static void make(End end, TransportSide side, Paths paths) {
    end.transport =
        new SecureTransport(
            end.loop,
            null,
            end,
            side,
            new BufferPool(8),
            events -> {
              TestPath path = paths.of(events);
              end.path = path;
              return path;
            });
  }

  private static RemoteParameters told(LocalParameters local, DtlsSetup setup) {
    return new RemoteParameters(
        local.ufrag(), local.password(), List.of(local.fingerprint()), setup);
  }

  private static int await(CompletableFuture<Integer> ways) {
    return ways.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
