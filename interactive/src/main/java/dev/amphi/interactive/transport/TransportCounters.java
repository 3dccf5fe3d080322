package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.ice.AddressPair;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The counters that a transport's loop writes; nobody else. */
final class TransportCounters {
  long packetsReceived;
  long bytesReceived;
  long packetsSent;
  long bytesSent;
  long dropsNotConnected;
  long dropsSend;
  long dropsGuard;
  long dropsAuthentication;
  long dropsReplay;
  long dropsUnknown;
  long dropsData;
  long iceRestarts;

  TransportStats snapshot(
      long dropsQueue,
      long dropsOversize,
      long dropsDataLate,
      long pathSwitches,
      @Nullable AddressPair selected,
      boolean relayed,
      int srtpProfile) {
    return new TransportStats(
        packetsReceived,
        bytesReceived,
        packetsSent,
        bytesSent,
        dropsNotConnected,
        dropsSend,
        dropsQueue,
        dropsOversize,
        dropsGuard,
        dropsAuthentication,
        dropsReplay,
        dropsUnknown,
        dropsData + dropsDataLate,
        iceRestarts,
        pathSwitches,
        protocol(selected),
        relayed ? TransportStats.AddressKind.RELAY : kind(selected),
        srtpProfile);
  }

  private static TransportStats.Protocol protocol(@Nullable AddressPair selected) {
    if (selected == null) {
      return TransportStats.Protocol.NONE;
    }
    return selected.tcp() ? TransportStats.Protocol.TCP : TransportStats.Protocol.UDP;
  }

  private static TransportStats.AddressKind kind(@Nullable AddressPair selected) {
    if (selected == null) {
      return TransportStats.AddressKind.NONE;
    }
    InetAddress address = selected.remote().getAddress();
    if (address.isLoopbackAddress()) {
      return TransportStats.AddressKind.LOOPBACK;
    }
    boolean uniqueLocal =
        address instanceof Inet6Address && (address.getAddress()[0] & 0xFE) == 0xFC;
    return uniqueLocal || address.isSiteLocalAddress() || address.isLinkLocalAddress()
        ? TransportStats.AddressKind.PRIVATE
        : TransportStats.AddressKind.PUBLIC;
  }
}
