package dev.amphi.interactive.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.transport.ice.AddressPair;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayedPathTest {
  private record Pair(InetSocketAddress remote) implements AddressPair {
    @Override
    public boolean tcp() {
      return false;
    }
  }

  private static boolean relayed(String host, String relay, List<String> candidates) {
    return RelayedPath.is(
        new Pair(new InetSocketAddress(host, 49_152)),
        address -> address.getHostAddress().equals(relay),
        candidates);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7, true",
    "198.51.100.2, 203.0.113.7, false",
    // On one machine everybody has the relay's address.
    "127.0.0.1, 127.0.0.1, false"
  })
  void aPathLeadsOverTheRelayWhoseAddressItHas(String host, String relay, boolean expected) {
    assertThat(relayed(host, relay, List.of())).isEqualTo(expected);
  }

  @Test
  void aRelayCandidateSaysItOfItsOwnAddressAndPortOnly() {
    String start = "candidate:1 1 udp 41885439 203.0.113.7 ";
    String end = " raddr 192.0.2.4 rport 5000";

    assertThat(relayed("203.0.113.7", "-", List.of(start + "49152 typ relay" + end))).isTrue();
    assertThat(relayed("203.0.113.7", "-", List.of(start + "49153 typ relay" + end))).isFalse();
    assertThat(relayed("203.0.113.7", "-", List.of(start + "49152 typ srflx" + end))).isFalse();
    assertThat(relayed("203.0.113.7", "-", List.of("candidate: typ relay", ""))).isFalse();
  }
}
