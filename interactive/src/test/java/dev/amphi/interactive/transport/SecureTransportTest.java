package dev.amphi.interactive.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.interactive.transport.dtls.DtlsRole;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecureTransportTest implements Transport.Listener {
  private static final TransportSide SIDE =
      new TransportSide(DtlsRole.SERVER, new SecureRandom(), Clock.systemUTC());
  private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 5_000);
  private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.9", 5_000);
  private static final long SECOND = 1_000_000_000L;

  private final Queue<Runnable> loop = new ConcurrentLinkedQueue<>();
  private final List<String> heard = new ArrayList<>();
  private @Nullable FakePath path;
  private @Nullable SecureTransport transport;

  @AfterAll
  static void stop() {
    SIDE.close();
  }

  @BeforeEach
  void create() {
    transport =
        new SecureTransport(
            loop::add,
            null,
            this,
            SIDE,
            new BufferPool(8),
            events -> {
              path = new FakePath(events);
              return path;
            });
  }

  @Test
  void endsAPathThatDoesNotComeUpWithinThirtySeconds() {
    long started = System.nanoTime();
    transport().start(remote("sha-256"));

    transport().check(started + 29 * SECOND);
    assertThat(heard).isEmpty();
    transport().check(System.nanoTime() + 31 * SECOND);

    assertThat(heard).containsExactly("closed: no connection came up within 30 s");
  }

  @Test
  void endsAPathWhoseFarSideHasBeenSilentForTwentySeconds() {
    transport().start(remote("sha-256"));
    long now = System.nanoTime();
    path().listener.consented(now);
    drain();

    transport().check(now + 20 * SECOND);
    assertThat(heard).isEmpty();
    path().listener.consented(now + 5 * SECOND);
    drain();
    transport().check(now + 25 * SECOND);
    assertThat(heard).isEmpty();
    transport().check(now + 25 * SECOND + 1);

    assertThat(heard).containsExactly("closed: the far side has not answered for 20 s");
  }

  @Test
  void hearsNoHandshakeFromAnAddressThatIceDidNotValidate() {
    transport().start(remote("sha-256"));
    byte[] hello = new byte[60];
    hello[0] = 22;
    for (int i = 0; i < 100; i++) {
      path().listener.datagram(hello, 0, hello.length, ELSEWHERE, i);
    }
    drain();

    assertThat(path().sent).isEmpty();
    // Eight wait for a check that never comes; all others are dropped.
    assertThat(transport().stats().dropsGuard()).isEqualTo(92);
  }

  @Test
  void releasesAnEarlyClientHelloToTheGuardOnceItsSourceIsValid() {
    transport().start(remote("sha-256"));
    byte[] lie = new byte[205];
    lie[0] = 22;
    path().listener.datagram(lie, 0, lie.length, HERE, 1);
    drain();
    assertThat(transport().stats().dropsGuard()).isZero();

    path().listener.validated(HERE);
    drain();

    assertThat(transport().stats().dropsGuard()).isEqualTo(1);
    transport().close("test over");
  }

  @Test
  void dropsWhatIsTooLargeUnknownOrMediaBeforeTheHandshake() {
    transport().start(remote("sha-256"));
    path().listener.datagram(new byte[1_501], 0, 1_501, HERE, 1);
    path().listener.datagram(new byte[] {100, 0, 0, 0}, 0, 4, HERE, 1);
    byte[] rtp = new byte[40];
    rtp[0] = (byte) 0x80;
    path().listener.datagram(rtp, 0, rtp.length, HERE, 1);
    drain();

    TransportStats stats = transport().stats();
    assertThat(stats.dropsOversize()).isEqualTo(1);
    assertThat(stats.dropsUnknown()).isEqualTo(1);
    assertThat(stats.dropsNotConnected()).isEqualTo(1);
    assertThat(heard).isEmpty();
  }

  @Test
  void dropsTheNewestWhenTheLoopIsLate() {
    transport().start(remote("sha-256"));
    byte[] rtp = new byte[40];
    rtp[0] = (byte) 0x80;
    for (int i = 0; i < Inbox.CAPACITY + 10; i++) {
      path().listener.datagram(rtp, 0, rtp.length, HERE, i);
    }

    assertThat(loop).hasSize(1);
    drain();
    assertThat(transport().stats().dropsQueue()).isEqualTo(10);
    assertThat(transport().stats().dropsNotConnected()).isEqualTo(Inbox.CAPACITY);
  }

  @Test
  void refusesAFarSideWithoutAStrongFingerprintOrWithOurOwnRole() {
    transport().start(remote("sha-1"));
    create();
    transport()
        .start(new RemoteParameters("u", "p", remote("sha-256").fingerprints(), DtlsSetup.PASSIVE));

    assertThat(heard)
        .containsExactly(
            "closed: the SDP gives no fingerprint by sha-256 or better",
            "closed: the SDP says setup:passive, as this side does");
  }

  @Test
  void beginsOnlySoManyHandshakesFromOneAddressAndMoreWhenOneIsFreed() {
    byte[] half = firstPartOfAClientHello();
    List<SecureTransport> open = new ArrayList<>();
    List<FakePath> paths = new ArrayList<>();
    for (int i = 0; i <= TransportSide.HANDSHAKES_PER_ADDRESS; i++) {
      create();
      open.add(transport());
      paths.add(path());
      transport().start(remote("sha-256"));
      path().listener.validated(HERE);
      path().listener.datagram(half, 0, half.length, HERE, 1);
      drain();
    }
    SecureTransport last = open.getLast();
    assertThat(open.getFirst().stats().dropsGuard()).isZero();
    assertThat(last.stats().dropsGuard()).isEqualTo(1);

    open.getFirst().close("test over");
    await()
        .untilAsserted(
            () -> {
              drain();
              long before = last.stats().dropsGuard();
              paths.getLast().listener.datagram(half, 0, half.length, HERE, 2);
              drain();
              assertThat(last.stats().dropsGuard()).isEqualTo(before);
            });
    open.forEach(transport -> transport.close("test over"));
    await()
        .untilAsserted(
            () -> {
              drain();
              assertThat(SIDE.handshakes().taken()).isZero();
            });
  }

  /** What the guard admits and Bouncy Castle waits for the rest of. */
  private static byte[] firstPartOfAClientHello() {
    byte[] datagram = new byte[13 + 12 + 4];
    datagram[0] = 22;
    datagram[1] = (byte) 0xFE;
    datagram[2] = (byte) 0xFD;
    datagram[12] = 16;
    datagram[13] = 1;
    datagram[16] = 100;
    datagram[24] = 4;
    return datagram;
  }

  @Test
  void followsAnIceRestartOfTheSameFarSideOnly() {
    transport().start(remote("sha-256"));
    RemoteParameters restarted =
        new RemoteParameters("u2", "p2", remote("sha-256").fingerprints(), DtlsSetup.ACTPASS);

    assertThat(transport().follows(restarted)).isTrue();
    assertThat(
            transport()
                .follows(
                    new RemoteParameters(
                        "u2",
                        "p2",
                        List.of(new Fingerprint("sha-256", "22:33")),
                        DtlsSetup.ACTPASS)))
        .isFalse();
    transport().start(remote("sha-256"));
    assertThat(path().restarts).as("the same credentials again").isZero();
    transport().start(restarted);
    transport().start(restarted);

    assertThat(path().restarts).isEqualTo(1);
    assertThat(transport().local().ufrag()).isEqualTo("ufrag1");
    assertThat(transport().stats().iceRestarts()).isEqualTo(1);
    assertThat(heard).isEmpty();
  }

  @Test
  void isClosedOnceAndSaysNothingAfterwards() {
    transport().start(remote("sha-256"));
    transport().close("first");
    transport().close("second");
    path().listener.failed("third");
    drain();

    assertThat(heard).containsExactly("closed: first");
  }

  private void drain() {
    for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
      task.run();
    }
  }

  private static RemoteParameters remote(String algorithm) {
    return new RemoteParameters(
        "u", "p", List.of(new Fingerprint(algorithm, "00:11")), DtlsSetup.ACTPASS);
  }

  private FakePath path() {
    return Objects.requireNonNull(path);
  }

  private SecureTransport transport() {
    return Objects.requireNonNull(transport);
  }

  @Override
  public void connected() {
    heard.add("connected");
  }

  @Override
  public void rtp(byte[] buffer, int offset, int length, long nowNanos) {
    heard.add("rtp");
  }

  @Override
  public void rtcp(byte[] buffer, int offset, int length, long nowNanos) {
    heard.add("rtcp");
  }

  @Override
  public void closed(String reason) {
    heard.add("closed: " + reason);
  }
}
