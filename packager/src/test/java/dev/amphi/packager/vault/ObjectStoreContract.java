package dev.amphi.packager.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store does. */
public abstract class ObjectStoreContract {
  /** An empty one. */
  protected abstract ObjectStore store();

  @Test
  void whatWasPutIsThereAsAWhole() throws Exception {
    store().put("a/one", bytes("hello"));
    assertThat(text(store().get("a/one", 0, 100))).isEqualTo("hello");
    assertThat(text(store().get("a/one", 1, 3))).isEqualTo("ell");
    assertThat(store().get("a/one", 5, 10).remaining()).isZero();
    store().put("a/one", bytes("other"));
    assertThat(text(store().get("a/one", 0, 100))).isEqualTo("other");
    store().put("a/none", bytes(""));
    assertThat(store().get("a/none", 0, 10).remaining()).isZero();
  }

  @Test
  void namesWithAnEqualsSignAreKeptAsTheyAre() throws Exception {
    store().put("=c3=a4_b-1/20261102-090000-1/live/720p.cmaf/0000000000000000", bytes("x"));
    assertThat(store().folders("", "")).containsExactly("=c3=a4_b-1/");
    assertThat(store().list("=c3=a4_b-1/", ""))
        .containsExactly(
            new ObjectStore.Listed(
                "=c3=a4_b-1/20261102-090000-1/live/720p.cmaf/0000000000000000", 1));
  }

  @Test
  void whatIsNotThereIsMissing() {
    assertThatThrownBy(() -> store().get("a/two", 0, 1))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.MISSING));
  }

  @Test
  void listsArePagedInTheOrderOfNames() throws Exception {
    for (int n = 0; n < 5; n++) {
      store().put("rec/room" + n + "/id/journal", bytes("j" + n));
      store().put("rec/room" + n + "/id/live/a/" + n, bytes(""));
    }
    store().put("rec/claim", bytes("me"));
    store().put("recorded", bytes("no"));
    assertThat(store().folders("rec/", ""))
        .containsExactly("rec/room0/", "rec/room1/", "rec/room2/", "rec/room3/", "rec/room4/");
    assertThat(store().folders("rec/", "rec/room2/")).containsExactly("rec/room3/", "rec/room4/");
    assertThat(store().folders("rec/room1/", "")).containsExactly("rec/room1/id/");
    assertThat(store().list("rec/room1/", ""))
        .containsExactly(
            new ObjectStore.Listed("rec/room1/id/journal", 2),
            new ObjectStore.Listed("rec/room1/id/live/a/1", 0));
    assertThat(store().list("rec/room1/", "rec/room1/id/journal"))
        .extracting(ObjectStore.Listed::key)
        .containsExactly("rec/room1/id/live/a/1");
    assertThat(store().list("nothing/", "")).isEmpty();
  }

  @Test
  void manyObjectsAreListedAndDeleted() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int n = 0; n < 30; n++) {
      keys.add(String.format(Locale.ROOT, "many/%04d", n));
      store().put(keys.getLast(), bytes("x"));
    }
    assertThat(store().list("many/", "many/0009")).hasSize(20);
    store().delete(keys);
    store().delete(List.of("many/0001", "many/never"));
    assertThat(store().list("many/", "")).isEmpty();
  }

  @Test
  void aFileComesInPartsAndIsThereOnlyAtTheEnd() throws Exception {
    byte[] all = random(ObjectStore.SMALLEST_PART_BYTES + 1000);
    ByteBuffer first = ByteBuffer.wrap(all, 0, ObjectStore.SMALLEST_PART_BYTES).slice();
    ByteBuffer last = ByteBuffer.wrap(all, ObjectStore.SMALLEST_PART_BYTES, 1000).slice();
    ObjectStore.Upload upload = store().begin("big");
    assertThat(upload.key()).isEqualTo("big");
    PartReceipt one = store().put(upload, 1, first);
    assertThat(one.isOf(Fingerprint.of(first))).isTrue();
    assertThat(one.isOf(Fingerprint.of(last))).isFalse();
    assertThat(store().unfinished("b")).containsExactly(upload);
    assertThat(store().unfinished("c")).isEmpty();
    List<PartReceipt> there = store().parts(upload);
    assertThat(there).hasSize(1);
    assertThat(there.getFirst().isOf(Fingerprint.of(first))).isTrue();
    PartReceipt two = store().put(upload, 2, last);
    assertThat(store().list("big", "")).isEmpty();
    PartReceipt kept = there.getFirst().knownAs(Fingerprint.of(first));
    store().complete(upload, List.of(kept, two), Fingerprint.of(ByteBuffer.wrap(all)));
    assertThat(one.number()).isEqualTo(1);
    assertThat(store().list("big", "")).containsExactly(new ObjectStore.Listed("big", all.length));
    ByteBuffer seam = store().get("big", ObjectStore.SMALLEST_PART_BYTES - 2, 4);
    assertThat(seam)
        .isEqualTo(ByteBuffer.wrap(all, ObjectStore.SMALLEST_PART_BYTES - 2, 4).slice());
    assertThat(store().unfinished("")).isEmpty();
  }

  @Test
  void anUploadThatWasAbortedIsGone() throws Exception {
    ObjectStore.Upload upload = store().begin("given/up");
    PartReceipt part = store().put(upload, 1, bytes("part"));
    store().abort(upload);
    store().abort(upload);
    assertThat(store().unfinished("given/")).isEmpty();
    assertThatThrownBy(() -> store().complete(upload, List.of(part), Fingerprint.of(bytes("part"))))
        .isInstanceOf(StoreException.class);
    assertThat(store().list("given/", "")).isEmpty();
  }

  protected static ByteBuffer bytes(String text) {
    return StandardCharsets.UTF_8.encode(text);
  }

  protected static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }

  protected static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
