package dev.amphi.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.server.config.AddressRange;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  private static final List<AddressRange> TRUSTED =
      List.of(
          AddressRange.parse("10.0.0.0/8").orElseThrow(),
          AddressRange.parse("127.0.0.1").orElseThrow(),
          AddressRange.parse("fd00::/8").orElseThrow());

  private static String client(String peer, String header, String value) {
    return ClientAddress.of(peer, MultiMap.caseInsensitiveMultiMap().add(header, value), TRUSTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A stranger's header is not believed.
        "203.0.113.9|198.51.100.1|203.0.113.9",
        "10.1.2.3|198.51.100.1|198.51.100.1",
        // Only what a trusted proxy wrote: the rest anybody may have.
        "10.1.2.3|192.0.2.66, 198.51.100.1|198.51.100.1",
        "10.1.2.3|192.0.2.66, 198.51.100.1, 10.9.9.9|198.51.100.1",
        "10.1.2.3|10.4.4.4, 10.5.5.5|10.4.4.4",
        "10.1.2.3|198.51.100.1:4711|198.51.100.1",
        "10.1.2.3|unknown|10.1.2.3",
        "10.1.2.3|192.0.2.66, unknown|10.1.2.3",
        "10.1.2.3|999.1.1.1|10.1.2.3",
        "10.1.2.3|example.org|10.1.2.3",
        "10.1.2.3|.:|10.1.2.3",
        "10.1.2.3|..:1|10.1.2.3",
        "10.1.2.3|abc:def|10.1.2.3",
        "127.0.0.1|2001:db8:1:2:3:4:5:6|2001:db8:1:2:0:0:0:0",
        "fd00:0:0:0:0:0:0:1|[2001:db8:1:2::9]:443|2001:db8:1:2:0:0:0:0",
        "127.0.0.1|::ffff:198.51.100.1|198.51.100.1",
      })
  void theRightMostAddressThatIsNoTrustedProxyCounts(String peer, String header, String client) {
    assertThat(client(peer, "X-Forwarded-For", header)).isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=198.51.100.1;proto=https|198.51.100.1",
        "for=192.0.2.66, For=\"198.51.100.1:80\";by=10.0.0.1|198.51.100.1",
        "proto=http;for=\"[2001:db8:1:2::9]:4711\"|2001:db8:1:2:0:0:0:0",
        "for=_hidden|10.1.2.3",
        "proto=https|10.1.2.3",
      })
  void forwardedIsReadWhereTheOtherHeaderIsMissing(String header, String client) {
    assertThat(client("10.1.2.3", "Forwarded", header)).isEqualTo(client);
  }

  @Test
  void addressesOfOneCustomerCountTogetherAndOfTwoDoNot() {
    assertThat(client("2001:db8:1:2::1", "Via", ""))
        .isEqualTo(client("2001:db8:1:2:f::7", "Via", ""));
    assertThat(client("2001:db8:1:3::1", "Via", ""))
        .isNotEqualTo(client("2001:db8:1:2::1", "Via", ""));
  }

  @Test
  void aRangeIsANetworkAndItsLength() {
    for (String wrong :
        new String[] {"", "10.0.0.0/33", "10.0.0/8", "::1/129", "here/8", "1.2.3.4/"}) {
      assertThat(AddressRange.parse(wrong)).as(wrong).isEmpty();
    }
    assertThat(
            AddressRange.parse("0.0.0.0/0")
                .orElseThrow()
                .contains(AddressRange.address("198.51.100.1").orElseThrow()))
        .isTrue();
  }
}
