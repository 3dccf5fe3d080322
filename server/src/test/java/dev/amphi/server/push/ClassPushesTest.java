package dev.amphi.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.packager.push.CodedFormat;
import dev.amphi.packager.push.CodedSample;
import dev.amphi.packager.push.PushFailure;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class's pushes, with platforms that write down what comes. */
class ClassPushesTest {
  private final Queue<PushFailure> refusals = new ConcurrentLinkedQueue<>();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final List<CodedSample> sent = new CopyOnWriteArrayList<>();

  private Outlet outlet(CodedFormat picture) {
    return new Outlet() {
      @Override
      public void open() throws PushFailure {
        PushFailure refusal = refusals.poll();
        said.add((refusal == null ? "opened " : "refused ") + picture.height());
        if (refusal != null) {
          throw refusal;
        }
      }

      @Override
      public void send(CodedSample sample) {
        sent.add(sample);
      }

      @Override
      public void finish() {
        said.add("finished");
      }

      @Override
      public void close() {}
    };
  }

  private ClassPushes pushes(PushStore store) {
    return new Pushes(parts(store)).of("maths");
  }

  private Pushes.Parts parts(PushStore store) {
    return new Pushes.Parts(
        2,
        new Reach(false),
        (destination, picture, sound) -> outlet(picture),
        store,
        PushMeter.NONE);
  }

  private static void program(ClassPushes pushes) {
    for (int height : new int[] {720, 360}) {
      pushes.format(
          height + "p",
          new CodedFormat(true, height * 16 / 9, height, 1, new byte[] {1}),
          90_000,
          Instant.EPOCH,
          0);
    }
    pushes.format(
        "audio", new CodedFormat(false, 0, 0, 1, new byte[] {2}), 48_000, Instant.EPOCH, 0);
  }

  /** One instant of all renditions; the payload's first byte is the picture's height / 10. */
  private static void instant(ClassPushes pushes, int seconds, boolean sync) {
    for (int height : new int[] {720, 360}) {
      pushes.sample(
          height + "p",
          ByteBuffer.wrap(new byte[] {(byte) (height / 10)}),
          90_000L * seconds,
          3_000,
          sync);
    }
    pushes.sample("audio", ByteBuffer.wrap(new byte[] {0}), 48_000L * seconds, 1_024, true);
  }

  @Test
  void goesOutWhileTheClassIsOnAirInTheSizeThatIsNearestBelow() throws Exception {
    ClassPushes pushes = pushes(PushStore.none());
    PushView made = pushes.add("rtmp://1.1.1.1/live/key", "", "", "480p");
    assertThat(made.state()).isEqualTo(PushState.STOPPED);
    assertThat(made.name()).isEqualTo("1.1.1.1");
    program(pushes);
    pushes.onAir();
    await().until(() -> said.contains("opened 360"));
    await()
        .until(
            () -> {
              instant(pushes, 5, true);
              return !sent.isEmpty();
            });
    instant(pushes, 9, false);
    await().until(() -> pushes.views().getFirst().state() == PushState.LIVE);
    pushes.offAir();
    await().until(() -> said.contains("finished"));
    assertThat(sent.getFirst().sync()).isTrue();
    assertThat(sent.stream().filter(each -> each.format().video()))
        .allMatch(each -> each.payload()[0] == 36);
    assertThat(sent).anyMatch(each -> !each.format().video());
    assertThat(pushes.views().getFirst().state()).isEqualTo(PushState.STOPPED);
  }

  @Test
  void whoRefusesIsAskedAgainButWhatIsWrongIsNot() throws Exception {
    refusals.add(new PushFailure(PushFailure.Kind.REFUSED, "Not now."));
    refusals.add(new PushFailure(PushFailure.Kind.WRONG, "Never."));
    ClassPushes pushes = pushes(PushStore.none());
    program(pushes);
    pushes.onAir();
    pushes.add("rtmp://1.1.1.1/live/key", "", "Tube", "");
    await().until(() -> pushes.views().getFirst().state() == PushState.FAILED);
    assertThat(said).containsExactly("refused 720", "refused 720");
    PushView failed = pushes.views().getFirst();
    assertThat(failed.detail()).isEqualTo("Never.");
    assertThat(failed.reconnects()).isEqualTo(1);
    pushes.offAir();
  }

  @Test
  void whereItGoesHasANameForEverybodyAsLongAsItIsTried() throws Exception {
    refusals.add(new PushFailure(PushFailure.Kind.WRONG, "Never."));
    ClassPushes pushes = pushes(PushStore.none());
    pushes.add("rtmp://1.1.1.1/live/key", "", "", "");
    assertThat(pushes.names()).containsExactly("");
    program(pushes);
    pushes.onAir();
    await().until(() -> pushes.names().isEmpty());
    assertThat(pushes.views()).singleElement().matches(view -> view.state() == PushState.FAILED);
    pushes.add("rtmps://a.rtmps.youtube.com/live2", "abcd-efgh-ijkl", "The school’s page", "");
    assertThat(pushes.names()).containsExactly("The school’s page");
    assertThatThrownBy(() -> pushes.add("rtmp://1.1.1.1/live", "abcd-efgh", "Tube abcd-efgh", ""))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(422))
        .hasMessageContaining("told to everybody")
        .message()
        .doesNotContain("abcd-efgh");
    pushes.offAir();
    assertThat(pushes.names()).isEmpty();
  }

  @Test
  void refusesWhatIsTooManyTooFastPrivateOrNoDestination() throws Exception {
    ClassPushes pushes = pushes(PushStore.none());
    for (String url :
        List.of(
            "rtmp://127.0.0.1/live/s3cret",
            "rtmp://[::1]/live/s3cret",
            "rtmp://localhost/live/s3cret",
            "http://1.1.1.1/live/s3cret")) {
      assertThatThrownBy(() -> pushes.add(url, "", "", ""))
          .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(422))
          .message()
          .doesNotContain("s3cret");
    }
    assertThatThrownBy(() -> pushes.add("rtmp://1.1.1.1/a/b", "", "two\nlines", ""))
        .hasMessageContaining("one line");
    pushes.add("rtmp://1.1.1.1/a/b", "", "", "");
    String second = pushes.add("rtmp://1.1.1.1/a/b", "", "", "").id();
    assertThatThrownBy(() -> pushes.add("rtmp://1.1.1.1/a/b", "", "", ""))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(409));
    for (int i = 0; i < 4; i++) {
      pushes.remove(pushes.views().getLast().id());
      pushes.add("rtmp://1.1.1.1/a/b", "", "", "");
    }
    assertThatThrownBy(() -> pushes.remove(second)).hasMessageContaining("has no push");
    pushes.remove(pushes.views().getLast().id());
    assertThatThrownBy(() -> pushes.add("rtmp://1.1.1.1/a/b", "", "", ""))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(429));
  }

  @Test
  void onlyWhatComesBackWaitsByChance(@TempDir Path folder) throws Exception {
    pushes(PushStore.in(folder)).add("rtmp://1.1.1.1/live/key", "", "", "360p");
    Pushes.Parts parts = parts(PushStore.in(folder));
    RandomGenerator chance =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            return 0;
          }

          @Override
          public double nextDouble() {
            said.add("by chance");
            return 0;
          }
        };
    ClassPushes after =
        new ClassPushes("maths", parts, new Pushes(parts), chance, System::nanoTime);
    program(after);
    after.restore();
    after.onAir();
    await().until(() -> said.size() == 2);
    after.add("rtmp://1.1.1.1/live/another", "", "", "720p");
    await().until(() -> said.contains("opened 720"));
    assertThat(said).containsExactly("by chance", "opened 360", "opened 720");
    after.offAir();
  }

  @Test
  void comesBackWithItsClassUntilThatEnds(@TempDir Path folder) throws Exception {
    ClassPushes before = pushes(PushStore.in(folder));
    String id = before.add("rtmp://1.1.1.1/live/key", "", "Tube", "360p").id();
    ClassPushes after = pushes(PushStore.in(folder));
    after.restore();
    assertThat(after.views()).singleElement().matches(view -> view.id().equals(id));
    after.forget();
    assertThat(folder).isEmptyDirectory();
  }
}
