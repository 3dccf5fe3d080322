package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.port.AddressBudget;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** One transport's share of the handshakes that may stand half open at a time. */
final class HandshakeSlot {
  private final AddressBudget budget;
  private @Nullable InetAddress held;

  HandshakeSlot(AddressBudget budget) {
    this.budget = budget;
  }

  /** Takes a slot for that address; false when it has too many. */
  boolean take(SocketAddress source) {
    InetAddress address = ((InetSocketAddress) source).getAddress();
    if (!budget.take(address)) {
      return false;
    }
    held = address;
    return true;
  }

  /** Gives it back, if there is one. */
  void giveBack() {
    InetAddress address = held;
    if (address != null) {
      held = null;
      budget.giveBack(address);
    }
  }
}
