package dev.amphi.interactive.transport;

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
      TransportStats.Protocol protocol,
      TransportStats.AddressKind remoteKind,
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
        protocol,
        remoteKind,
        srtpProfile);
  }
}
