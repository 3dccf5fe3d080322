package dev.amphi.server.push;

import dev.amphi.packager.push.Destination;
import dev.amphi.packager.push.PushFailure;
import dev.amphi.server.config.AddressRange;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which addresses pushes may go to. A name is looked up once, and the connection goes to one of the
 * addresses that were looked at: what the name means a moment later does not matter.
 *
 * @param allowPrivate whether addresses of this machine and its networks count too
 * @param own tells this machine's addresses, public ones too: what listens on all of them is often
 *     meant for the machine alone
 */
record Reach(boolean allowPrivate, Predicate<InetAddress> own) {
  Reach(boolean allowPrivate) {
    this(allowPrivate, Reach::isOwn);
  }

  /** Whether an interface of this machine has it; what cannot be told counts as such. */
  static boolean isOwn(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true;
    }
  }

  /** Where a destination's host is; blocks. */
  List<InetAddress> addresses(Destination destination) throws PushFailure {
    List<InetAddress> all;
    try {
      all = List.of(InetAddress.getAllByName(destination.host()));
    } catch (UnknownHostException e) {
      throw new PushFailure(
          PushFailure.Kind.PASSING,
          "There is no address for '" + destination.host() + "': check how the host is written.");
    }
    List<InetAddress> allowed = all.stream().filter(this::allows).toList();
    if (allowed.isEmpty()) {
      throw forbidden(destination);
    }
    return allowed;
  }

  /** Refuses at once what needs no look-up to be refused. */
  void check(Destination destination) throws PushFailure {
    Optional<InetAddress> literal = AddressRange.address(destination.host());
    boolean here = destination.host().equals("localhost");
    if ((here && !allowPrivate) || literal.stream().anyMatch(address -> !allows(address))) {
      throw forbidden(destination);
    }
  }

  private boolean allows(InetAddress address) {
    boolean group = address.isMulticastAddress() || address.isAnyLocalAddress();
    return !group && (allowPrivate || (PublicAddresses.contains(address) && !own.test(address)));
  }

  private static PushFailure forbidden(Destination destination) {
    return new PushFailure(
        PushFailure.Kind.WRONG,
        "'"
            + destination.host()
            + "' is an address of this node or of a private network, where it pushes nothing: an"
            + " operator may allow it (push.allow_private).");
  }
}
