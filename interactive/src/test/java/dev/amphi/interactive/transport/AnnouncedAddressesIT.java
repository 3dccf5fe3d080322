package dev.amphi.interactive.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncedAddressesIT {
  @Test
  void announcesTheAddressesItWasGivenAndLoopback() throws Exception {
    List<InetAddress> announced = List.of(InetAddress.getByName("203.0.113.7"));
    try (UdpTransportFactory mapped =
        UdpTransportFactory.open(0, announced, new SecureRandom(), Clock.systemUTC())) {
      TransportEnd end = new TransportEnd(mapped);

      assertThat(end.local().candidates())
          .map(line -> line.split(" ", -1)[4] + " " + line.split(" ", -1)[5])
          .containsExactly("203.0.113.7 " + mapped.port(), "127.0.0.1 " + mapped.port());
      end.close();
    }
  }
}
