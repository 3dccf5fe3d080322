package dev.amphi.interactive.transport.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.transport.srtp.SrtpKeys;
import dev.amphi.interactive.transport.srtp.SrtpProfile;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two sessions wired back to back, without a network. */
class DtlsSessionTest {
  private static final DtlsIdentity SERVER =
      DtlsIdentity.create(new SecureRandom(), Instant.parse("2026-11-01T00:00:00Z"));
  private static final DtlsIdentity CLIENT =
      DtlsIdentity.create(new SecureRandom(), Instant.parse("2026-11-01T00:00:00Z"));

  private static final class End implements DtlsSession.Listener {
    final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();
    final CompletableFuture<String> ended = new CompletableFuture<>();
    final BlockingQueue<byte[]> data = new LinkedBlockingQueue<>();

    @Override
    public void data(byte[] buffer, int length) {
      data.add(Arrays.copyOf(buffer, length));
    }

    @Override
    public void agreed(SrtpKeys agreed) {
      keys.complete(agreed);
    }

    @Override
    public void ended(String reason) {
      ended.complete(reason);
    }
  }

  private final End server = new End();
  private final End client = new End();
  private final List<DtlsSession> sessions = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"1 8 7, AEAD_AES_128_GCM", "1, AES128_CM_HMAC_SHA1_80"})
  void prefersTheAuthenticatedCipherWhateverTheClientsOrder(String offered, SrtpProfile agreed) {
    int[] profiles = Arrays.stream(offered.split(" ")).mapToInt(Integer::parseInt).toArray();
    run(profiles, print -> true, print -> true);

    assertThat(server.keys).succeedsWithin(20, TimeUnit.SECONDS);
    assertThat(client.keys).succeedsWithin(20, TimeUnit.SECONDS);
    assertThat(server.keys.join().profile()).isEqualTo(agreed);
  }

  @Test
  void refusesAClientThatOffersNoSrtp() {
    run(new int[0], print -> true, print -> true);

    assertThat(server.ended.orTimeout(20, TimeUnit.SECONDS).join()).contains("use_srtp");
    assertThat(server.keys).isNotDone();
  }

  @Test
  void refusesAClientThatOffersOnlyWeakerProfiles() {
    run(new int[] {2, 5}, print -> true, print -> true);

    assertThat(server.ended.orTimeout(20, TimeUnit.SECONDS).join()).contains("use_srtp");
  }

  @Test
  void checksTheVeryCertificateThatTheFarSideShows() {
    run(
        new int[] {7},
        der -> Arrays.equals(der, CLIENT.certificate()),
        der -> Arrays.equals(der, SERVER.certificate()));

    assertThat(server.keys).succeedsWithin(20, TimeUnit.SECONDS);
    assertThat(client.keys).succeedsWithin(20, TimeUnit.SECONDS);
  }

  @Test
  void givesNoKeysWhenTheClientsCertificateIsAnothers() {
    run(new int[] {7}, der -> false, der -> true);

    assertThat(server.ended.orTimeout(20, TimeUnit.SECONDS).join()).contains("fingerprint");
    assertThat(server.keys).isNotDone();
  }

  @Test
  void freesAHandshakeThatStandsHalfOpen() {
    DtlsSession alone =
        new DtlsSession(
            DtlsRole.SERVER,
            SERVER,
            der -> true,
            new int[0],
            Duration.ofMillis(300),
            (buffer, offset, length) -> {},
            server);
    alone.start("half-open");

    assertThat(server.ended.orTimeout(20, TimeUnit.SECONDS).join()).contains("300 ms");
  }

  @Test
  void endsAHandshakeThatIsClosedMeanwhile() {
    DtlsSession alone =
        new DtlsSession(
            DtlsRole.SERVER, SERVER, der -> true, (buffer, offset, length) -> {}, server);
    alone.start("closed");
    alone.close();

    assertThat(server.ended).succeedsWithin(5, TimeUnit.SECONDS);
  }

  @Test
  void carriesMessagesAsApplicationDataOnceTheHandshakeIsDone() throws InterruptedException {
    run(new int[] {7}, der -> true, der -> true);
    assertThat(sessions.get(1).send(new byte[] {1}, 0, 1)).isFalse();
    assertThat(server.keys).succeedsWithin(20, TimeUnit.SECONDS);
    assertThat(client.keys).succeedsWithin(20, TimeUnit.SECONDS);

    assertThat(sessions.get(0).send(new byte[] {9, 1, 2, 3}, 1, 3)).isTrue();
    assertThat(sessions.get(1).send(new byte[1_160], 0, 1_160)).isTrue();
    assertThat(sessions.get(1).send(new byte[1_200], 0, 1_200))
        .as("more than a record may hold")
        .isFalse();
    assertThat(sessions.get(1).send(new byte[] {7}, 0, 1)).as("and nothing is broken").isTrue();

    assertThat(server.data.poll(20, TimeUnit.SECONDS)).containsExactly(1, 2, 3);
    assertThat(client.data.poll(20, TimeUnit.SECONDS)).hasSize(1_160);
    assertThat(client.data.poll(20, TimeUnit.SECONDS)).containsExactly(7);
  }

  private void run(int[] profiles, Predicate<byte[]> forServer, Predicate<byte[]> forClient) {
    CompletableFuture<DtlsSession> toServer = new CompletableFuture<>();
    DtlsSession calling =
        new DtlsSession(
            DtlsRole.CLIENT,
            CLIENT,
            forClient,
            profiles,
            Duration.ofSeconds(10),
            (buffer, offset, length) -> offer(toServer.join(), buffer, offset, length),
            client);
    DtlsSession answering =
        new DtlsSession(
            DtlsRole.SERVER,
            SERVER,
            forServer,
            (buffer, offset, length) -> offer(calling, buffer, offset, length),
            server);
    toServer.complete(answering);
    sessions.addAll(List.of(calling, answering));
    answering.start("server");
    calling.start("client");
  }

  /** What one end sends the other takes, one datagram at a time as its loop would. */
  private static void offer(DtlsSession to, byte[] buffer, int offset, int length) {
    synchronized (to) {
      to.offer(buffer, offset, length);
    }
  }
}
