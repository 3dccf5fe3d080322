package dev.amphi.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.amphi.packager.push.CodedFormat;
import dev.amphi.packager.push.CodedSample;
import dev.amphi.packager.push.Destination;
import dev.amphi.packager.push.PushFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people are told when a platform cannot be reached; with sockets of this machine. */
@Timeout(60)
class RtmpOutletTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /** A server that says one thing to everybody who has said something, and hangs up. */
  private static void serve(ServerSocket server, String word) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  if (socket.getInputStream().read() >= 0) {
                    socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
                  }
                } catch (IOException e) {
                  // That handshake was refused, or the test is over.
                }
              }
            });
  }

  private static PushFailure failure(String url, boolean allowPrivate, Optional<Path> authorities)
      throws Exception {
    try (RtmpOutlet outlet =
        new RtmpOutlet(
            Destination.of(url, ""),
            new Reach(allowPrivate),
            PushTrust.of(authorities),
            new SecureRandom(),
            System::nanoTime)) {
      outlet.open();
      throw new AssertionError("It was opened");
    } catch (PushFailure e) {
      return e;
    }
  }

  private static ServerSocket listen(ServerSocketFactory factory) throws IOException {
    return factory.createServerSocket(0, 8, InetAddress.getLoopbackAddress());
  }

  @Test
  void saysWhatIsWrongWithTheWayThere() throws Exception {
    int closed;
    try (ServerSocket server = listen(ServerSocketFactory.getDefault())) {
      closed = server.getLocalPort();
    }
    assertThat(failure("rtmp://127.0.0.1:" + closed + "/a/k", true, Optional.empty()))
        .hasMessage("The connection to 127.0.0.1:" + closed + " is refused: check host and port.");
    assertThat(failure("rtmp://no-such-host.invalid/a/k", true, Optional.empty()))
        .hasMessageContaining("There is no address for 'no-such-host.invalid'");
    PushFailure forbidden = failure("rtmp://127.0.0.1:" + closed + "/a/k", false, Optional.empty());
    assertThat(forbidden).hasMessageContaining("push.allow_private");
    assertThat(forbidden.kind()).isEqualTo(PushFailure.Kind.WRONG);
  }

  @Test
  void saysWhatAnswersInsteadOfAPlatform() throws Exception {
    try (ServerSocket web = listen(ServerSocketFactory.getDefault());
        ServerSocket mute = listen(ServerSocketFactory.getDefault())) {
      serve(web, "HTTP/1.1 400 Bad Request\r\n\r\n".repeat(200));
      serve(mute, "");
      assertThat(failure("rtmp://127.0.0.1:" + web.getLocalPort() + "/a/k", true, Optional.empty()))
          .hasMessageContaining("does not speak RTMP");
      assertThat(
              failure("rtmp://127.0.0.1:" + mute.getLocalPort() + "/a/k", true, Optional.empty()))
          .hasMessageMatching(".*(hung up before it took the stream|broke).*");
      assertThat(
              failure("rtmps://127.0.0.1:" + mute.getLocalPort() + "/a/k", true, Optional.empty()))
          .hasMessageContaining("No TLS with");
    }
  }

  /** Takes whatever is published, and says then what it wants to. */
  private record Platform(ServerSocket server, CompletableFuture<Socket> live)
      implements AutoCloseable {
    static Platform started() throws IOException {
      Platform platform =
          new Platform(listen(ServerSocketFactory.getDefault()), new CompletableFuture<>());
      Thread.ofVirtual().start(platform::serve);
      return platform;
    }

    private void serve() {
      try {
        Socket socket = server.accept();
        OutputStream out = socket.getOutputStream();
        byte[] handshake = new byte[1 + 2 * 1_536];
        handshake[0] = 3;
        out.write(handshake);
        ByteBuffer status = ByteBuffer.allocate(100);
        text(status.put((byte) 2), "onStatus");
        status.put(new byte[9]).put((byte) 5).put((byte) 3); // transaction 0, null, an object
        text(status, "code");
        text(status.put((byte) 2), "NetStream.Publish.Start");
        status.put(new byte[] {0, 0, 9}).flip();
        out.write(new byte[] {3, 0, 0, 0, 0, 0, (byte) status.remaining(), 20, 0, 0, 0, 0});
        out.write(status.array(), 0, status.limit());
        live.complete(socket);
      } catch (IOException e) {
        live.completeExceptionally(e);
      }
    }

    private static void text(ByteBuffer out, String text) {
      out.putShort((short) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }

    RtmpOutlet outlet(LongSupplier nanoClock) throws Exception {
      return new RtmpOutlet(
          Destination.of("rtmp://127.0.0.1:" + server.getLocalPort() + "/a/k", ""),
          new Reach(true),
          PushTrust.of(Optional.empty()),
          new SecureRandom(),
          nanoClock);
    }

    @Override
    public void close() throws IOException {
      server.close();
      live.join().close();
    }
  }

  /** What the next sample that cannot be sent ends with. */
  private static String broken(RtmpOutlet outlet) {
    CodedFormat picture = new CodedFormat(true, 640, 360, 1, new byte[] {1});
    AtomicReference<String> sentence = new AtomicReference<>("");
    await()
        .until(
            () -> {
              try {
                outlet.send(new CodedSample(picture, 0, true, new byte[] {1}));
                return false;
              } catch (PushFailure e) {
                sentence.set(e.sentence());
                return true;
              }
            });
    return String.valueOf(sentence.get());
  }

  @Test
  void whoNeverStopsTalkingIsHungUpOn() throws Exception {
    try (Platform platform = Platform.started();
        RtmpOutlet outlet = platform.outlet(() -> 0)) { // a clock that stands still
      outlet.open();
      OutputStream out = platform.live().join().getOutputStream();
      byte[] acknowledgements = new byte[16 * 1_024];
      for (int i = 0; i < acknowledgements.length; i += 16) {
        acknowledgements[i] = 2;
        acknowledgements[i + 6] = 4;
        acknowledgements[i + 7] = 3;
      }
      assertThatThrownBy(
              () -> {
                while (true) {
                  out.write(acknowledgements);
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(broken(outlet))
          .isEqualTo(
              "The platform at 127.0.0.1 says more than a publisher can expect: check host, port"
                  + " and scheme.");
    }
  }

  @Test
  void whateverBreaksTheReaderEndsTheConnectionWithASentence() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    LongSupplier clock =
        () -> {
          if (broken.get()) {
            throw new IllegalStateException("nothing that anybody expects");
          }
          return 0;
        };
    try (Platform platform = Platform.started();
        RtmpOutlet outlet = platform.outlet(clock)) {
      outlet.open();
      broken.set(true);
      platform.live().join().getOutputStream().write(2);
      assertThat(broken(outlet))
          .isEqualTo(
              "What the platform at 127.0.0.1 says could not be read: this node's log says why.");
    }
  }

  @Test
  void tlsIsWithThePlatformOrNotAtAll(@TempDir Path folder) throws Exception {
    Identity good = Identity.made(folder.resolve("good"), "ip:127.0.0.1");
    Identity other = Identity.made(folder.resolve("other"), "dns:other.test");
    try (ServerSocket platform = listen(good.factory());
        ServerSocket stranger = listen(other.factory())) {
      serve(platform, "no RTMP, but TLS is there: ".repeat(200));
      serve(stranger, "");
      String url = "rtmps://127.0.0.1:" + platform.getLocalPort() + "/a/k";
      assertThat(failure(url, true, Optional.empty()))
          .hasMessageContaining("is not from anybody that this node trusts");
      assertThat(failure(url, true, Optional.of(good.certificate())))
          .hasMessageContaining("does not speak RTMP");
      assertThat(
              failure(
                  "rtmps://127.0.0.1:" + stranger.getLocalPort() + "/a/k",
                  true,
                  Optional.of(other.certificate())))
          .hasMessage("The certificate that answers is not that of 127.0.0.1.");
    }
  }

  /** A key with a certificate of its own making. */
  private record Identity(ServerSocketFactory factory, Path certificate) {
    static Identity made(Path file, String name) throws Exception {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "platform",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=platform",
                  "-ext",
                  "san=" + name,
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  new String(PASSWORD))
              .redirectErrorStream(true)
              .start();
      assertThat(keytool.waitFor()).isZero();
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD);
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      Path pem = file.resolveSibling(file.getFileName() + ".pem");
      Files.writeString(
          pem,
          "-----BEGIN CERTIFICATE-----\n"
              + Base64.getMimeEncoder()
                  .encodeToString(store.getCertificate("platform").getEncoded())
              + "\n-----END CERTIFICATE-----\n");
      return new Identity(context.getServerSocketFactory(), pem);
    }
  }
}
