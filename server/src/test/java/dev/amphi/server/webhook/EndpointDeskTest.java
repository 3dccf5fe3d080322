package dev.amphi.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.server.webhook.WebhookCounters.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One endpoint in virtual time: what is sent to it when, and what becomes of it. */
class EndpointDeskTest {
  private static final WebhookSecret OLD =
      WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();
  private static final WebhookSecret NEW =
      WebhookSecret.of("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD").orElseThrow();
  private static final long EPOCH_MILLIS = 1_763_776_331_000L;
  private static final int THREE_DAYS_S = 3 * 86_400;

  private record Sent(long second, Deliveries.Attempt attempt, Map<String, String> headers) {}

  private final Path folder;
  private final List<Sent> sent = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private long second;
  private EndpointDesk desk;

  EndpointDeskTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void open() throws IOException {
    desk = desk("http://127.0.0.1:9/hook?key=1");
  }

  private EndpointDesk desk(String url) throws IOException {
    EndpointDesk made =
        new EndpointDesk(
            new WebhookEndpoint("school", URI.create(url), List.of(NEW, OLD), Set.of("stage.*")),
            new Outbox(folder),
            RetryPlan.STANDARD,
            (name, outcome) -> outcomes.add(outcome),
            new Random(3));
    made.open(nanos());
    return made;
  }

  private long nanos() {
    return TimeUnit.SECONDS.toNanos(second);
  }

  private long millis() {
    return EPOCH_MILLIS + second * 1_000;
  }

  private static WebhookMessage message(int number) {
    return new WebhookMessage("msg_" + number, EPOCH_MILLIS + number, "{\"n\":" + number + "}");
  }

  private List<Sent> send() {
    int before = sent.size();
    desk.send(
        nanos(), millis(), (attempt, headers) -> sent.add(new Sent(second, attempt, headers)));
    return List.copyOf(sent.subList(before, sent.size()));
  }

  private void answer(Sent what, int status) {
    desk.answered(
        what.attempt(),
        status == 0 ? null : new Post.Answer(status, 0),
        "reset",
        nanos(),
        millis());
  }

  private long files() throws IOException {
    try (var list = Files.list(folder)) {
      return list.filter(file -> file.toString().endsWith(".json")).count();
    }
  }

  @Test
  void isSentOnceSignedByEachSecretAndGoneFromTheDisk() throws IOException {
    desk.take(message(7), nanos());
    assertThat(files()).isEqualTo(1);
    Sent one = send().getFirst();
    assertThat(one.headers())
        .containsEntry("webhook-id", "msg_7")
        .containsEntry("webhook-timestamp", "1763776331")
        .containsEntry("content-type", "application/json");
    byte[] payload = one.attempt().message().bytes();
    assertThat(one.headers().get("webhook-signature"))
        .isEqualTo(
            NEW.sign("msg_7", 1_763_776_331L, payload)
                + " "
                + OLD.sign("msg_7", 1_763_776_331L, payload));
    answer(one, 204);
    assertThat(files()).isZero();
    assertThat(send()).isEmpty();
    assertThat(outcomes).containsExactly(Outcome.DELIVERED);
  }

  @Test
  void isTriedForThreeDaysUnderOneIdAndEachTimeSignedAnew() throws IOException {
    desk.take(message(1), nanos());
    for (second = 0; second <= THREE_DAYS_S + 10; second++) {
      int status = second % 3 == 0 ? 0 : second % 3 == 1 ? 500 : 302;
      send().forEach(one -> answer(one, status));
    }
    assertThat(sent).hasSizeBetween(11, 21);
    assertThat(sent.getLast().second()).isLessThanOrEqualTo(THREE_DAYS_S);
    assertThat(sent).extracting(one -> one.headers().get("webhook-id")).containsOnly("msg_1");
    assertThat(sent)
        .extracting(one -> one.headers().get("webhook-signature"))
        .doesNotHaveDuplicates();
    assertThat(outcomes.getLast()).isEqualTo(Outcome.GIVEN_UP);
    assertThat(files()).isZero();
    assertThat(desk.status().waiting()).isZero();
  }

  @Test
  void whatAnEarlierRunLeftIsSentAtOnce() throws IOException {
    desk.take(message(2), nanos());
    desk.take(message(1), nanos());
    Files.writeString(folder.resolve("message.new"), "{\"torn\"");
    Files.writeString(folder.resolve("notes.json"), "somebody's own");
    desk = desk("http://127.0.0.1:9/hook?key=1");
    assertThat(send())
        .extracting(one -> one.attempt().message())
        .containsExactly(message(1), message(2));
  }

  @Test
  void onlySoManyAreOnTheirWayAtOnce() {
    for (int i = 0; i < 10; i++) {
      desk.take(message(i), nanos());
    }
    assertThat(send()).hasSize(Deliveries.AT_ONCE);
    assertThat(send()).isEmpty();
    assertThat(desk.nextDeadlineNanos()).isEqualTo(Deliveries.NEVER);
    answer(sent.getFirst(), 200);
    assertThat(send()).hasSize(1);
  }

  @Test
  void whoSaysGoneGetsNothingMoreAlsoFromTheNextRunUntilEnabled() throws IOException {
    for (int i = 0; i < 6; i++) {
      desk.take(message(i), nanos());
    }
    List<Sent> flying = send();
    answer(flying.getFirst(), 410);
    assertThat(desk.status().enabled()).isFalse();
    flying.subList(1, flying.size()).forEach(one -> answer(one, 410));
    assertThat(files()).isZero();
    desk.take(message(9), nanos());
    desk = desk("http://127.0.0.1:9/hook?key=1");
    assertThat(send()).isEmpty();
    assertThat(desk.status().enabled()).isFalse();
    assertThat(outcomes).hasSize(7).containsOnly(Outcome.DROPPED);

    desk.enable(true);
    desk.take(message(10), nanos());
    assertThat(send()).hasSize(1);
  }

  @Test
  void anotherAddressIsAnotherEndpoint() throws IOException {
    desk.take(message(1), nanos());
    answer(send().getFirst(), 410);
    desk = desk("http://127.0.0.1:9/moved");
    assertThat(desk.status().enabled()).isTrue();
  }

  @Test
  void showsNeitherSecretsNorWhatStandsInTheQuery() {
    assertThat(desk.status().url()).isEqualTo("http://127.0.0.1:9/…");
    assertThat(desk.endpoint().toString()).doesNotContain("key=1", "MfKQ");
  }

  @Test
  void hearsWhatItAskedFor() {
    assertThat(desk.endpoint().wants("stage.joined")).isTrue();
    assertThat(desk.endpoint().wants("class.live")).isFalse();
    WebhookEndpoint all = new WebhookEndpoint("a", URI.create("http://a"), List.of(), Set.of());
    assertThat(WebhookTypes.ALL).allMatch(all::wants);
  }
}
