package dev.amphi.interactive.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.interactive.transport.dtls.DtlsRole;
import dev.amphi.interactive.transport.ice.IceCredentials;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Media over TCP on the node's port, and what strangers may do to it. */
class IceTcpIT {
  private static UdpTransportFactory servers;
  private static TransportSide callers;

  private @Nullable TcpCaller caller;

  @BeforeAll
  static void openPort() {
    servers = UdpTransportFactory.open(0, new SecureRandom(), Clock.systemUTC());
    callers = new TransportSide(DtlsRole.CLIENT, new SecureRandom(), Clock.systemUTC());
  }

  @AfterAll
  static void closePort() {
    servers.close();
    callers.close();
  }

  /** Clients that come by TCP. */
  private PathClients clients() {
    return new PathClients(
        callers,
        events -> {
          TcpCaller made = new TcpCaller(servers.port(), events);
          caller = made;
          return made;
        });
  }

  @Test
  void tellsItsTcpCandidatesAfterThoseOfUdp() {
    TransportEnd server = new TransportEnd(servers);

    assertThat(server.local().candidates())
        .anyMatch(line -> line.matches("candidate:\\d+ 1 udp 2130\\d+ 127.0.0.1 \\d+ typ host"))
        .anyMatch(
            line ->
                line.matches(
                    "candidate:\\d+ 1 tcp 15\\d+ 127.0.0.1 "
                        + servers.port()
                        + " typ host tcptype passive"));
    server.close();
  }

  @Test
  void carriesMediaBothWaysAndClosesTheConnectionWithThePath() throws Exception {
    TransportEnd server = new TransportEnd(servers);
    TransportEnd client = new TransportEnd(clients());
    connect(client, server);

    for (int i = 0; i < 100; i++) {
      client.sendRtp(packet(i));
      server.sendRtp(packet(i));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(server.awaitRtp()).isEqualTo(packet(i));
      assertThat(client.awaitRtp()).isEqualTo(packet(i));
    }
    assertThat(server.stats().protocol()).isEqualTo(TransportStats.Protocol.TCP);
    assertThat(server.stats().remoteKind()).isEqualTo(TransportStats.AddressKind.LOOPBACK);
    assertThat(servers.portStats().connections()).isEqualTo(1);
    server.close();
    assertThat(client.awaitClosed()).isNotEmpty();
    await().until(() -> servers.portStats().connections() == 0);
    client.close();
  }

  @Test
  void aConnectionBelongsToTheFirstSessionThatItProvedToBeFor() {
    TransportEnd server = new TransportEnd(servers);
    TransportEnd client = new TransportEnd(clients());
    connect(client, server);
    TcpCaller connection = Objects.requireNonNull(caller);
    TransportEnd second = new TransportEnd(servers);
    second.startNow(
        new RemoteParameters(
            connection.credentials().ufrag(),
            connection.credentials().password(),
            List.of(client.local().fingerprint()),
            client.local().setup()));
    LocalParameters theirs = second.local();

    connection.check(new IceCredentials(theirs.ufrag(), theirs.password()));
    client.sendRtp(packet(1));

    assertThat(server.awaitRtp()).as("read after the check").isEqualTo(packet(1));
    await().until(() -> second.stats().protocol() == TransportStats.Protocol.NONE);
    server.sendRtp(packet(2));
    assertThat(client.awaitRtp()).isEqualTo(packet(2));
    second.close();
    client.close();
    server.close();
  }

  @Test
  void goesOnOverTcpAfterAnIceRestartOfAPathThatCameByUdp() {
    CallerTransportFactory udp = new CallerTransportFactory(new SecureRandom(), Clock.systemUTC());
    TransportEnd server = new TransportEnd(servers);
    TransportEnd client = new TransportEnd(udp);
    connect(client, server);
    TcpCaller other = new TcpCaller(servers.port(), new FakePath.Deaf());
    LocalParameters before = server.local();
    LocalParameters offer = client.local();
    server.startNow(
        new RemoteParameters(
            other.credentials().ufrag(),
            other.credentials().password(),
            List.of(offer.fingerprint()),
            offer.setup()));
    LocalParameters after = server.local();
    assertThat(after.ufrag()).isNotEqualTo(before.ufrag());
    assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
    client.sendRtp(packet(1));
    assertThat(server.awaitRtp()).as("the old pair goes on").isEqualTo(packet(1));

    other.check(new IceCredentials(after.ufrag(), after.password()));

    await().until(() -> server.stats().protocol() == TransportStats.Protocol.TCP);
    assertThat(server.stats().pathSwitches()).isEqualTo(1);
    assertThat(server.moves()).as("the owner was told").isEqualTo(1);
    assertThat(server.stats().iceRestarts()).isEqualTo(1);
    client.sendRtp(packet(2));
    assertThat(server.awaitRtp()).as("what is on its way is still heard").isEqualTo(packet(2));
    assertThat(server.wasClosed()).isFalse();
    other.close();
    client.close();
    server.close();
    udp.close();
  }

  @Test
  void endsConnectionsThatBeginWithAnythingButACheckForASessionOfOurs() throws Exception {
    for (byte[] first :
        List.of(
            "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            new byte[] {0x05, (byte) 0xDD},
            new byte[] {0, 4, (byte) 0x80, 96, 0, 1},
            new byte[] {0, 4, 0, 1, 0, 0})) {
      try (Socket stranger = connect()) {
        stranger.getOutputStream().write(first);
        assertEnded(stranger);
      }
    }
  }

  @Test
  void endsAConnectionWhoseFrameIsLongerThanAnyPacketEvenOfASession() throws Exception {
    TransportEnd server = new TransportEnd(servers);
    TransportEnd client = new TransportEnd(clients());
    connect(client, server);

    Socket socket = Objects.requireNonNull(caller).socket;
    new DataOutputStream(socket.getOutputStream()).writeShort(1_501);

    assertThat(client.awaitClosed()).isEqualTo("the connection ended");
    server.close();
  }

  @Test
  void letsOneAddressHoldOnlySoManyConnectionsThatShowNothing() throws Exception {
    List<Socket> idle = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      idle.add(connect());
    }

    await().until(() -> servers.portStats().refusedConnections() >= 16);
    for (Socket socket : idle) {
      socket.close();
    }
    await()
        .untilAsserted(
            () -> {
              TransportEnd server = new TransportEnd(servers);
              TransportEnd client = new TransportEnd(clients());
              connect(client, server);
              client.close();
              server.close();
            });
  }

  private static Socket connect() throws IOException {
    return new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), servers.port());
  }

  private static void assertEnded(Socket socket) throws IOException {
    socket.setSoTimeout(8_000);
    try {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (java.net.SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
  }

  private static void connect(TransportEnd client, TransportEnd server) {
    TransportEnd.begin(
        client,
        server,
        List.of(server.local().fingerprint()),
        List.of(client.local().fingerprint()));
    server.awaitConnected();
    client.awaitConnected();
  }

  private static byte[] packet(int sequence) {
    byte[] packet = new byte[1_000];
    packet[0] = (byte) 0x80;
    packet[1] = 96;
    packet[2] = (byte) (sequence >> 8);
    packet[3] = (byte) sequence;
    packet[11] = 7;
    return packet;
  }
}
