package dev.amphi.interactive.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.transport.port.MediaLoop;
import dev.amphi.interactive.transport.port.MediaPortConfig;
import io.netty.channel.epoll.Epoll;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Where there is no epoll all loops share one socket that knows only its own loop: what the others
 * write has to be flushed all the same. Netty chooses for a whole process, so this is one of its
 * own.
 */
class WithoutEpollIT {
  private static final int PACKETS = 40;

  @Test
  void whatEveryLoopSendsArrivesWithoutEpoll() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dio.netty.transport.noNative=true",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutEpollIT.class.getName())
            .redirectErrorStream(true)
            .start();
    child.getOutputStream().close();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(child.waitFor()).as(said).isZero();
    assertThat(said.lines()).contains("loop 0: 40 of 40", "loop 1: 40 of 40");
  }

  /** In the child: a participant on each loop, and a caller that hears what it sends. */
  public static void main(String[] args) throws Exception {
    if (Epoll.isAvailable()) {
      throw new IllegalStateException("There is epoll: nothing would be shown.");
    }
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    var config = new MediaPortConfig(0, List.of(loopback), false, 2);
    try (var servers = UdpTransportFactory.open(config, new SecureRandom(), Clock.systemUTC());
        var clients = new CallerTransportFactory(new SecureRandom(), Clock.systemUTC())) {
      for (int i = 0; i < servers.loops().size(); i++) {
        System.out.println("loop " + i + ": " + heard(servers, servers.loops().get(i), clients));
      }
    }
    System.exit(0);
  }

  private static String heard(
      UdpTransportFactory servers, MediaLoop loop, CallerTransportFactory clients) {
    TransportEnd server = new TransportEnd(servers, loop);
    TransportEnd client = new TransportEnd(clients);
    TransportEnd.begin(
        client,
        server,
        List.of(server.local().fingerprint()),
        List.of(client.local().fingerprint()));
    server.awaitConnected();
    client.awaitConnected();
    int heard = 0;
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = new byte[100];
      packet[0] = (byte) 0x80;
      packet[1] = 96;
      packet[3] = (byte) i;
      packet[11] = 7;
      server.sendRtp(packet);
      if (Arrays.equals(packet, client.awaitRtp())) {
        heard++;
      }
    }
    return heard + " of " + PACKETS;
  }
}
