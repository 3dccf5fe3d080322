package dev.amphi.interactive.transport.port;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * How many of something one address, and all together, may have at a time. An IPv6 address counts
 * as its /64, of which anybody has a whole one. Any thread.
 */
public final class AddressBudget {
  private final int perAddress;
  private final int total;
  private final Map<Long, Integer> used = new HashMap<>();
  private int all;

  /** A budget of which nothing is taken. */
  public AddressBudget(int perAddress, int total) {
    this.perAddress = perAddress;
    this.total = total;
  }

  /** Takes one; false when there is none left for that address. */
  public synchronized boolean take(InetAddress address) {
    long key = key(address);
    int taken = used.getOrDefault(key, 0);
    if (taken >= perAddress || all >= total) {
      return false;
    }
    used.put(key, taken + 1);
    all++;
    return true;
  }

  /** Gives one back that was taken. */
  public synchronized void giveBack(InetAddress address) {
    used.computeIfPresent(key(address), (key, taken) -> taken == 1 ? null : taken - 1);
    all--;
  }

  /** How many are taken. */
  public synchronized int taken() {
    return all;
  }

  private static long key(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address ? bytes.getLong() : bytes.getInt() & 0xFFFFFFFFL;
  }
}
