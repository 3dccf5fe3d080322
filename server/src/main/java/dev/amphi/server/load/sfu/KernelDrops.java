package dev.amphi.server.load.sfu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Datagrams that the kernel threw away on their way to this process's side of the machine. */
final class KernelDrops {
  private static final String RECEIVE_BUFFER = "RcvbufErrors";

  private KernelDrops() {}

  /** How many so far, at full sockets of this network namespace and at full queues of any core. */
  static long now() {
    try {
      return socketDrops(Files.readAllLines(Path.of("/proc/net/snmp")))
          + queueDrops(Files.readAllLines(Path.of("/proc/net/softnet_stat")));
    } catch (IOException e) {
      // Another system: nothing is known, and the sequence numbers tell of the loss anyway.
      return 0;
    }
  }

  /** From two lines {@code Udp: names} and {@code Udp: values}. */
  static long socketDrops(List<String> snmp) {
    List<String> udp = snmp.stream().filter(line -> line.startsWith("Udp: ")).toList();
    if (udp.size() < 2) {
      return 0;
    }
    int column = List.of(udp.get(0).split(" ", -1)).indexOf(RECEIVE_BUFFER);
    return column < 0 ? 0 : Long.parseLong(udp.get(1).split(" ", -1)[column]);
  }

  /** The second hexadecimal column of each core's line. */
  static long queueDrops(List<String> softnet) {
    return softnet.stream().mapToLong(line -> Long.parseLong(line.split(" +", -1)[1], 16)).sum();
  }
}
