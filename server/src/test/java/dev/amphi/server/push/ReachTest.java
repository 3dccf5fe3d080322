package dev.amphi.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.push.Destination;
import dev.amphi.packager.push.PushFailure;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** Addresses are written as such here: nothing is looked up. */
class ReachTest {
  /** A node that has one address of the Internet. */
  private static Reach node(boolean allowPrivate) {
    return new Reach(allowPrivate, address -> address.getHostAddress().equals("1.1.1.1"));
  }

  private static Destination to(String host) throws PushFailure {
    return Destination.of("rtmp://" + host + "/a/k", "");
  }

  @Test
  void theNodesOwnPublicAddressIsNoPlatform() throws Exception {
    Destination own = to("1.1.1.1");
    assertThatThrownBy(() -> node(false).check(own))
        .isInstanceOfSatisfying(
            PushFailure.class, e -> assertThat(e.kind()).isEqualTo(PushFailure.Kind.WRONG))
        .hasMessageContaining("push.allow_private");
    assertThatThrownBy(() -> node(false).addresses(own)).isInstanceOf(PushFailure.class);
    node(true).check(own);
    assertThat(node(true).addresses(own)).hasSize(1);
    node(false).check(to("1.1.1.2"));
    assertThat(node(false).addresses(to("1.1.1.2"))).hasSize(1);
  }

  @Test
  void knowsWhichAddressesTheMachineHas() throws Exception {
    assertThat(Reach.isOwn(InetAddress.getLoopbackAddress())).isTrue();
    assertThat(Reach.isOwn(InetAddress.getByName("192.0.2.1"))).isFalse();
  }
}
