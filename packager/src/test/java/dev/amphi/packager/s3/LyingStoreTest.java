package dev.amphi.packager.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.amphi.packager.vault.Fingerprint;
import dev.amphi.packager.vault.PartReceipt;
import dev.amphi.packager.vault.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is believed of a store that does not say what it has, or says something else. */
final class LyingStoreTest {
  private static final String SENT = "what was recorded";
  private static final String MD5 = PartReceipt.hex(fingerprint(SENT).md5());
  private static final String SHA256 = PartReceipt.base64(fingerprint(SENT).sha256());

  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private S3ObjectStore store;
  private String etag = MD5;
  private String sha256 = "";
  private String there = SENT;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/", this::answer);
    server.start();
    Path keys =
        Files.writeString(
            folder.resolve("keys"),
            "[default]\naws_access_key_id = a\naws_secret_access_key = b\n");
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    store =
        S3ObjectStore.open(
            new S3Settings(Optional.of(endpoint), "us-east-1", "school", true, Optional.of(keys)));
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop(0);
  }

  @Test
  void aChecksumOrAnEtagThatIsRightIsEnough() throws Exception {
    put();
    etag = "0123456789abcdef0123456789abcdef";
    sha256 = SHA256;
    put();
    assertThat(asked).containsExactly("PUT", "PUT");
  }

  @Test
  void whereTheEtagSaysNothingTheBytesAreReadBack() throws Exception {
    etag = "0123456789abcdef0123456789abcdef";
    put();
    assertThat(asked).containsExactly("PUT", "GET");
    for (String other : List.of("what was recordeD", "what was recorded and more", "what")) {
      there = other;
      assertThatThrownBy(this::put).as(other).satisfies(LyingStoreTest::isDamaged);
    }
  }

  @Test
  void aChecksumThatIsWrongIsDamageWhateverTheEtagSays() {
    sha256 = PartReceipt.base64(fingerprint("something else").sha256());
    assertThatThrownBy(this::put).satisfies(LyingStoreTest::isDamaged);
    assertThat(asked).containsExactly("PUT");
  }

  @Test
  void ofAnUploadThePartsHashesAreHashed() {
    List<PartReceipt> parts =
        List.of(new PartReceipt(1, 17, MD5, SHA256), new PartReceipt(2, 17, MD5, SHA256));
    assertThat(WholeChecksum.isByEtag(parts, MD5 + "-2")).isFalse();
    assertThat(WholeChecksum.isByEtag(parts, hashOfHashes("MD5", fingerprint(SENT).md5()) + "-2"))
        .isTrue();
    assertThat(WholeChecksum.isBySha256(parts, null)).isFalse();
    assertThat(WholeChecksum.isBySha256(parts, SHA256 + "-2")).isFalse();
  }

  private static String hashOfHashes(String algorithm, dev.amphi.packager.mp4.Bytes hash) {
    try {
      java.security.MessageDigest digest = java.security.MessageDigest.getInstance(algorithm);
      digest.update(hash.toByteBuffer());
      digest.update(hash.toByteBuffer());
      return java.util.HexFormat.of().formatHex(digest.digest());
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void put() throws IOException {
    store.put("a/b", StandardCharsets.UTF_8.encode(SENT));
  }

  private static void isDamaged(Throwable e) {
    assertThat(e)
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.DAMAGED));
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestMethod());
    exchange.getRequestBody().readAllBytes();
    boolean get = exchange.getRequestMethod().equals("GET");
    byte[] body = get ? there.getBytes(StandardCharsets.UTF_8) : new byte[0];
    if (!get) {
      exchange.getResponseHeaders().add("ETag", "\"" + etag + "\"");
      if (!sha256.isEmpty()) {
        exchange.getResponseHeaders().add("x-amz-checksum-sha256", sha256);
      }
    }
    exchange.sendResponseHeaders(get ? 206 : 200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Fingerprint fingerprint(String text) {
    return Fingerprint.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
