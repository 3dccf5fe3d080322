package dev.amphi.interactive.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.transport.ice.StunMessage;
import dev.amphi.interactive.transport.port.PortStats;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client in Java against the node's port, over loopback, everything real. */
class TransportIT {
  private static final int FLOOD = 60_000;

  private static UdpTransportFactory servers;
  private static CallerTransportFactory clients;

  private TransportEnd server;
  private TransportEnd client;

  @BeforeAll
  static void openPort() {
    servers = UdpTransportFactory.open(0, new SecureRandom(), Clock.systemUTC());
    clients = new CallerTransportFactory(new SecureRandom(), Clock.systemUTC());
  }

  @AfterAll
  static void closePort() {
    clients.close();
    servers.close();
  }

  @BeforeEach
  void create() {
    server = new TransportEnd(servers);
    client = new TransportEnd(clients);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void carriesRtpAndRtcpBothWaysByAes128Gcm() {
    connect(server.local().fingerprint());

    client.sendRtp(packet(0x80, 96, 7));
    server.sendRtp(packet(0x80, 111, 8));
    client.sendRtcp(packet(0x81, 201, 9));
    server.sendRtcp(packet(0x81, 200, 10));

    assertThat(server.awaitRtp()).isEqualTo(packet(0x80, 96, 7));
    assertThat(client.awaitRtp()).isEqualTo(packet(0x80, 111, 8));
    assertThat(server.awaitRtcp()).isEqualTo(packet(0x81, 201, 9));
    assertThat(client.awaitRtcp()).isEqualTo(packet(0x81, 200, 10));
    assertThat(server.stats().srtpProfile()).isEqualTo(7);
    assertThat(server.stats().packetsReceived()).isEqualTo(2);
  }

  @Test
  void carriesApplicationDataBothWays() {
    assertThat(server.sendData(new byte[] {1})).as("before the handshake").isFalse();
    connect(server.local().fingerprint());

    assertThat(client.sendData(new byte[] {1, 2, 3})).isTrue();
    assertThat(server.sendData(new byte[Transport.MAX_DATA_BYTES])).isTrue();
    assertThat(server.sendData(new byte[Transport.MAX_DATA_BYTES + 1])).isFalse();

    assertThat(server.awaitData()).containsExactly(1, 2, 3);
    assertThat(client.awaitData()).hasSize(Transport.MAX_DATA_BYTES);
    assertThat(server.stats().dropsData()).isEqualTo(2);
  }

  @Test
  void tellsTheOtherSideWhenOneCloses() {
    connect(server.local().fingerprint());

    client.close();

    assertThat(client.awaitClosed()).contains("test over");
    assertThat(server.awaitClosed()).contains("the far side closed");
  }

  @Test
  void refusesAServerWithAnotherFingerprint() {
    Fingerprint wrong = Fingerprint.of("sha-256", new byte[] {1});
    begin(List.of(wrong), List.of(client.local().fingerprint()));

    assertThat(client.awaitClosed()).contains("fingerprint");
    assertThat(server.awaitClosed()).contains("DTLS failed");
    assertThat(server.wasConnected()).isFalse();
  }

  @Test
  void refusesAClientWithAnotherFingerprint() {
    Fingerprint wrong = Fingerprint.of("sha-256", new byte[] {1});
    begin(List.of(server.local().fingerprint()), List.of(wrong));

    assertThat(server.awaitClosed()).contains("fingerprint");
    assertThat(server.wasConnected()).isFalse();
  }

  @Test
  void refusesAFingerprintByABrokenHashBeforeAnyHandshake() {
    begin(
        List.of(server.local().fingerprint()),
        List.of(new Fingerprint("sha-1", "00:11"), new Fingerprint("md5", "00:11")));

    assertThat(server.awaitClosed()).contains("sha-256");
  }

  @Test
  void connectsManyOverTheOnePort() {
    connect(server.local().fingerprint());
    TransportEnd otherServer = new TransportEnd(servers);
    TransportEnd otherClient = new TransportEnd(clients);
    TransportEnd.begin(
        otherClient,
        otherServer,
        List.of(otherServer.local().fingerprint()),
        List.of(otherClient.local().fingerprint()));
    otherServer.awaitConnected();

    otherClient.awaitConnected();
    otherClient.sendRtp(packet(0x80, 96, 77));

    assertThat(otherServer.awaitRtp()).isEqualTo(packet(0x80, 96, 77));
    assertThat(server.stats().packetsReceived()).isZero();
    assertThat(otherServer.local().ufrag()).isNotEqualTo(server.local().ufrag());
    otherClient.close();
    otherServer.close();
  }

  @Test
  void connectsUndisturbedWhileStrangersSendHandshakesAndNoise() throws Exception {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (DatagramSocket stranger = new DatagramSocket(0, loopback)) {
      byte[] hello = new byte[205];
      hello[0] = 22;
      hello[1] = (byte) 0xFE;
      hello[2] = (byte) 0xFD;
      byte[] noise = new byte[1_400];
      noise[0] = (byte) 0x80;
      for (int i = 0; i < 500; i++) {
        stranger.send(new DatagramPacket(hello, hello.length, loopback, servers.port()));
        stranger.send(new DatagramPacket(noise, noise.length, loopback, servers.port()));
      }

      connect(server.local().fingerprint());
    }
    client.sendRtp(packet(0x80, 96, 7));

    assertThat(server.awaitRtp()).isEqualTo(packet(0x80, 96, 7));
    assertThat(server.stats().dropsGuard()).isZero();
  }

  @Test
  void connectsUndisturbedByStrangersWhileAnotherPathWasOpenedAndNeverUsed() throws Exception {
    TransportEnd unused = new TransportEnd(servers);
    connectsUndisturbedWhileStrangersSendHandshakesAndNoise();
    unused.close();
  }

  @Test
  void answersNobodyInAFloodOfChecksThatAreNotTheFarSides() throws Exception {
    InetAddress node = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    List<DatagramSocket> strangers = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      strangers.add(
          new DatagramSocket(0, InetAddress.getByAddress(new byte[] {127, 9, 0, (byte) i})));
    }
    long before = servers.portStats().strangers() + servers.portStats().refusedChecks();
    String known = server.local().ufrag();
    for (int i = 0; i < 20_000; i++) {
      String fragment = i % 2 == 0 ? known : "Abcdefgh";
      byte[] check = StunMessage.request(new byte[12], fragment + ":them", "p".repeat(24), i, 100);
      strangers.get(i % 20).send(new DatagramPacket(check, check.length, node, servers.port()));
      if (i == 10_000) {
        connect(server.local().fingerprint());
      }
    }
    client.sendRtp(packet(0x80, 96, 7));

    assertThat(server.awaitRtp()).isEqualTo(packet(0x80, 96, 7));
    PortStats stats = servers.portStats();
    assertThat(stats.strangers() + stats.refusedChecks()).isGreaterThan(before + 1_000);
    for (DatagramSocket stranger : strangers) {
      assertHeardNothing(stranger);
    }
  }

  /** Each hundred checks from forged addresses are followed by a packet of a call. */
  @Test
  void aCallKeepsItsMediaInAFloodOfChecks() throws Exception {
    connect(server.local().fingerprint());
    InetAddress node = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    List<DatagramSocket> strangers = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      strangers.add(
          new DatagramSocket(0, InetAddress.getByAddress(new byte[] {127, 9, 1, (byte) i})));
    }
    PortStats before = servers.portStats();
    String known = server.local().ufrag();
    long began = System.nanoTime();
    Duration cpu = cpu();
    int heard = 0;
    for (int i = 0; i < FLOOD; i++) {
      String fragment = i % 2 == 0 ? known : "Abcdefgh";
      byte[] check = StunMessage.request(new byte[12], fragment + ":them", "p".repeat(24), i, 100);
      strangers
          .get(i % strangers.size())
          .send(new DatagramPacket(check, check.length, node, servers.port()));
      if (i % 100 == 99) {
        byte[] media = packet(0x80, 96, 7);
        media[2] = (byte) ((i / 100) >> 8);
        media[3] = (byte) (i / 100);
        client.sendRtp(media);
        assertThat(server.awaitRtp()).as("the call's packet %d", i / 100).isEqualTo(media);
        heard++;
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    PortStats after = servers.portStats();
    long flood = after.strangers() + after.refusedChecks();
    flood -= before.strangers() + before.refusedChecks();
    System.out.printf(
        "%d forged checks in %.1f s (%.0f/s; %.1f s of CPU, the sender's with it), all of %d packets"
            + " of a call between them heard%n",
        flood, seconds, flood / seconds, cpu().minus(cpu).toMillis() / 1e3, heard);

    assertThat(flood)
        .as("checks that came in, and were told from real ones")
        .isGreaterThan(FLOOD * 99 / 100);
    assertThat(server.wasClosed()).isFalse();
    for (DatagramSocket stranger : strangers) {
      assertHeardNothing(stranger);
    }
  }

  @Test
  void sendsNothingToTheCandidatesThatAFarSideNames() throws Exception {
    try (DatagramSocket victim =
        new DatagramSocket(0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      LocalParameters offer = client.local();
      LocalParameters answer = server.local();
      List<String> candidates = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        candidates.add(
            "candidate:1 1 udp 2130706431 127.0.0.1 " + victim.getLocalPort() + " typ host");
      }
      candidates.add("candidate:2 1 udp 2130706431 9f.local 9 typ host");
      server.start(
          new RemoteParameters(
              offer.ufrag(),
              offer.password(),
              List.of(offer.fingerprint()),
              offer.setup(),
              candidates));
      client.start(
          new RemoteParameters(
              answer.ufrag(),
              answer.password(),
              List.of(answer.fingerprint()),
              answer.setup(),
              answer.candidates()));
      server.awaitConnected();

      assertHeardNothing(victim);
    }
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static void assertHeardNothing(DatagramSocket socket) throws IOException {
    socket.setSoTimeout(1);
    try {
      socket.receive(new DatagramPacket(new byte[1_500], 1_500));
      throw new AssertionError("something came to " + socket.getLocalSocketAddress());
    } catch (SocketTimeoutException silent) {
      socket.close();
    }
  }

  @Test
  void saysWhichPortIsTaken() throws Exception {
    try (DatagramSocket taken =
        new DatagramSocket(0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      assertThatThrownBy(
              () ->
                  UdpTransportFactory.open(
                      taken.getLocalPort(), new SecureRandom(), Clock.systemUTC()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "The media port %d (UDP) is in use: stop the program that holds it, or choose"
                  + " another with --media-port.",
              taken.getLocalPort());
    }
  }

  private void connect(Fingerprint serverPrint) {
    begin(List.of(serverPrint), List.of(client.local().fingerprint()));
    server.awaitConnected();
    client.awaitConnected();
  }

  private void begin(List<Fingerprint> forClient, List<Fingerprint> forServer) {
    TransportEnd.begin(client, server, forClient, forServer);
  }

  private static byte[] packet(int first, int second, int ssrc) {
    byte[] packet = new byte[40];
    packet[0] = (byte) first;
    packet[1] = (byte) second;
    packet[3] = (byte) 9;
    packet[first == 0x80 ? 11 : 7] = (byte) ssrc;
    for (int i = 16; i < packet.length; i++) {
      packet[i] = (byte) i;
    }
    return packet;
  }
}
