package dev.amphi.interactive.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.interactive.transport.dtls.DtlsRole;
import dev.amphi.interactive.transport.ice.IceCredentials;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CandidatePairState;
import org.ice4j.ice.IceProcessingState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our lite agent against a full one that is not ours, over real sockets. */
class Ice4jIT {
  private static final String HERE = "127.0.0.1";
  private static final String ELSEWHERE = "127.0.0.2";

  private static UdpTransportFactory servers;
  private static TransportSide callers;

  private TransportEnd server;
  private @Nullable TransportEnd client;
  private @Nullable Ice4jPath path;
  private int sequence;

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

  @BeforeEach
  void create() {
    server = new TransportEnd(servers);
  }

  @AfterEach
  void close() {
    if (client != null) {
      client.close();
    }
    server.close();
  }

  @Test
  void connectsToAnAgentThatNominatesWhatItHasProved() {
    Ice4jAgent agent = new Ice4jAgent(Ice4jSockets.udp(HERE));
    begin(agent);

    assertThat(agent.awaitEnd()).isEqualTo(IceProcessingState.COMPLETED);
    assertMediaFlows();
    assertThat(server.stats().protocol()).isEqualTo(TransportStats.Protocol.UDP);
  }

  @Test
  void connectsToAnAgentWhoseFirstCheckNominates() {
    Ice4jAgent agent = new Ice4jAgent(Ice4jSockets.udp(HERE, ELSEWHERE)).aggressive();
    begin(agent);

    assertThat(agent.awaitEnd()).isEqualTo(IceProcessingState.COMPLETED);
    assertMediaFlows();
  }

  @Test
  void sendsOverThePairThatIsNominatedNotOverThatCheckedFirst() {
    Ice4jSockets sockets = Ice4jSockets.udp(HERE, ELSEWHERE);
    Ice4jAgent agent = new Ice4jAgent(sockets).patient();
    begin(agent);
    await()
        .until(
            () ->
                agent.pairs().stream()
                        .filter(pair -> pair.getState() == CandidatePairState.SUCCEEDED)
                        .count()
                    == 2);

    agent.agent.nominate(from(ELSEWHERE, agent));

    assertThat(agent.awaitEnd()).isEqualTo(IceProcessingState.COMPLETED);
    assertMediaFlows();
    assertThat(sockets.lastMedia()).isEqualTo(ELSEWHERE);
  }

  @Test
  void goesOnAtAnotherAddressAfterAnIceRestart() {
    begin(new Ice4jAgent(Ice4jSockets.udp(HERE)));
    assertMediaFlows();
    LocalParameters before = server.local();
    Ice4jSockets sockets = Ice4jSockets.udp(ELSEWHERE);

    Ice4jAgent next = new Ice4jAgent(sockets);
    server.startNow(told(next.credentials()));
    LocalParameters after = server.local();
    assertThat(after.ufrag()).isNotEqualTo(before.ufrag());
    assertMediaFlows();
    assertThat(server.stats().pathSwitches()).as("before a check of the new ones").isZero();
    Objects.requireNonNull(path).moveTo(next, credentials(after), after.candidates());

    assertThat(next.awaitEnd()).isEqualTo(IceProcessingState.COMPLETED);
    await().until(() -> server.stats().pathSwitches() == 1);
    assertMediaFlows();
    assertThat(sockets.lastMedia()).isEqualTo(ELSEWHERE);
    assertThat(server.stats().iceRestarts()).isEqualTo(1);
  }

  @Test
  void tellsAnAgentThatTakesItselfForControlledToControl() {
    Ice4jAgent agent = new Ice4jAgent(Ice4jSockets.udp(HERE));
    agent.agent.setControlling(false);
    begin(agent);

    assertThat(agent.awaitEnd()).isEqualTo(IceProcessingState.COMPLETED);
    assertThat(agent.agent.isControlling()).isTrue();
    assertMediaFlows();
  }

  @Test
  void answersNoAgentThatHasAnotherPassword() {
    Ice4jAgent agent = new Ice4jAgent(Ice4jSockets.udp(HERE));
    long refused = servers.portStats().refusedChecks();
    LocalParameters answer = server.local();
    server.startNow(told(agent.credentials()));

    agent.start(new IceCredentials(answer.ufrag(), "x".repeat(24)), answer.candidates());

    assertThat(agent.awaitEnd()).isEqualTo(IceProcessingState.FAILED);
    assertThat(server.stats().protocol()).isEqualTo(TransportStats.Protocol.NONE);
    assertThat(servers.portStats().refusedChecks()).isGreaterThan(refused);
    agent.close();
  }

  @Test
  void connectsOverTcp() {
    Ice4jAgent agent = new Ice4jAgent(Ice4jSockets.tcp(servers.port()));
    begin(agent);

    assertThat(agent.awaitEnd()).isEqualTo(IceProcessingState.COMPLETED);
    assertMediaFlows();
    assertThat(server.stats().protocol()).isEqualTo(TransportStats.Protocol.TCP);
  }

  private void begin(Ice4jAgent agent) {
    client =
        new TransportEnd(
            new PathClients(
                callers,
                events -> {
                  Ice4jPath made = new Ice4jPath(agent, events);
                  path = made;
                  return made;
                }));
    TransportEnd.begin(
        client,
        server,
        List.of(server.local().fingerprint()),
        List.of(client.local().fingerprint()));
  }

  /** What another description of the client would say. */
  private RemoteParameters told(IceCredentials credentials) {
    List<Fingerprint> fingerprints =
        client == null
            ? List.of(Fingerprint.of("sha-256", new byte[] {1}))
            : List.of(client.local().fingerprint());
    return new RemoteParameters(
        credentials.ufrag(), credentials.password(), fingerprints, DtlsSetup.ACTPASS);
  }

  private static IceCredentials credentials(LocalParameters parameters) {
    return new IceCredentials(parameters.ufrag(), parameters.password());
  }

  private static CandidatePair from(String address, Ice4jAgent agent) {
    return agent.pairs().stream()
        .filter(
            pair -> pair.getLocalCandidate().getTransportAddress().getHostAddress().equals(address))
        .findFirst()
        .orElseThrow();
  }

  private void assertMediaFlows() {
    TransportEnd caller = Objects.requireNonNull(client);
    server.awaitConnected();
    caller.awaitConnected();
    byte[] packet = new byte[200];
    packet[0] = (byte) 0x80;
    packet[1] = 96;
    packet[3] = (byte) ++sequence;
    packet[11] = 7;
    caller.sendRtp(packet);
    assertThat(server.awaitRtp()).isEqualTo(packet);
    server.sendRtp(packet);
    assertThat(caller.awaitRtp()).isEqualTo(packet);
  }
}
