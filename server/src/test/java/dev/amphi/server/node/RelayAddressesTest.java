package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayAddressesTest {
  @Test
  void knowsTheHostsOfAllWaysInOnceTheyWereLookedUp() throws Exception {
    RelayAddresses relays =
        new RelayAddresses(
            List.of(
                "turn:192.0.2.7:3478?transport=udp",
                "turns:192.0.2.8?transport=tcp",
                "turn:[2001:db8::9]:3478"));
    assertThat(relays.test(InetAddress.getByName("192.0.2.7"))).isFalse();

    relays.lookUp();

    assertThat(relays.test(InetAddress.getByName("192.0.2.7"))).isTrue();
    assertThat(relays.test(InetAddress.getByName("192.0.2.8"))).isTrue();
    assertThat(relays.test(InetAddress.getByName("2001:db8::9"))).isTrue();
    assertThat(relays.test(InetAddress.getByName("192.0.2.9"))).isFalse();
  }
}
