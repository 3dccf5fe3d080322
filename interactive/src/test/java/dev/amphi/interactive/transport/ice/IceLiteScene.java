package dev.amphi.interactive.transport.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A lite agent in virtual time with a far side that checks it: every message is a real one, nothing
 * is sent anywhere.
 */
abstract class IceLiteScene implements IceLite.Output {
  static final long SECOND = 1_000_000_000L;
  static final IceCredentials OURS = new IceCredentials("Abcd+/09", "p".repeat(24));
  static final IceCredentials NEXT = new IceCredentials("Next+/09", "n".repeat(24));
  static final IceCredentials THEM = new IceCredentials("them", "t".repeat(24));
  static final IceCredentials THEY2 = new IceCredentials("they2", "u".repeat(24));
  static final IceCredentials THEY3 = new IceCredentials("they3", "v".repeat(24));
  static final Pair WIFI = pair(1);
  static final Pair CELLULAR = pair(2);

  final Random random = new Random(7);
  final List<String> told = new ArrayList<>();
  final List<byte[]> sent = new ArrayList<>();
  final Map<AddressPair, byte[]> checks = new HashMap<>();

  /** From where our own checks are answered. */
  Predicate<AddressPair> reachable = pair -> true;

  final IceLite agent = new IceLite(OURS, new Random(8));

  record Pair(InetSocketAddress remote, boolean tcp) implements AddressPair {}

  static Pair pair(int host) {
    return new Pair(new InetSocketAddress("192.0.2." + host, 5_000), false);
  }

  /** A check that is right in everything; its parts can be changed. */
  final class Check {
    String username = "Abcd+/09:them";
    String password = OURS.password();
    byte[] transaction = new byte[12];
    long priority = 100;
    boolean nominates;
    boolean controlled;
    int strange;

    Check() {
      random.nextBytes(transaction);
    }

    Check nominating() {
      nominates = true;
      return this;
    }

    Check priority(long value) {
      priority = value;
      return this;
    }

    Check restarted() {
      username = "Next+/09:they2";
      password = NEXT.password();
      return this;
    }

    byte[] bytes() {
      ByteBuffer out = StunMessage.header(StunMessage.BINDING_REQUEST, transaction);
      StunMessage.attribute(
          out, StunMessage.USERNAME, username.getBytes(StandardCharsets.US_ASCII));
      int role = controlled ? StunMessage.ICE_CONTROLLED : StunMessage.ICE_CONTROLLING;
      StunMessage.attribute(out, role, new byte[8]);
      StunMessage.attribute(
          out, StunMessage.PRIORITY, ByteBuffer.allocate(4).putInt((int) priority).array());
      if (nominates) {
        StunMessage.attribute(out, StunMessage.USE_CANDIDATE, new byte[0]);
      }
      if (strange != 0) {
        StunMessage.attribute(out, strange, new byte[4]);
      }
      return StunMessage.sealed(out, password);
    }

    void over(AddressPair pair, long nowNanos) {
      byte[] bytes = bytes();
      agent.onMessage(bytes, bytes.length, pair, nowNanos, IceLiteScene.this);
      if (reachable.test(pair)) {
        answerChecks(pair, pair, nowNanos);
      }
    }
  }

  /** As a browser does: each check gets its answer, by whoever knows the far side's password. */
  final void answerChecks(AddressPair asked, AddressPair from, long nowNanos) {
    byte[] check = checks.remove(asked);
    if (check != null) {
      byte[] answer =
          StunMessage.success(
              StunMessage.transaction(check), WIFI.remote().getAddress(), 1, passwordOf(check));
      agent.onMessage(answer, answer.length, from, nowNanos, this);
    }
  }

  private static String passwordOf(byte[] check) {
    int value = StunMessage.find(check, check.length, StunMessage.USERNAME);
    String username =
        new String(check, value, StunMessage.valueBytes(check, value), StandardCharsets.US_ASCII);
    return Stream.of(THEM, THEY2, THEY3)
        .filter(known -> username.startsWith(known.ufrag() + ":"))
        .findFirst()
        .orElseThrow()
        .password();
  }

  final List<String> selections() {
    return told.stream().filter(line -> line.startsWith("selected")).toList();
  }

  private static int host(AddressPair pair) {
    return pair.remote().getAddress().getAddress()[3];
  }

  @Override
  public void validated(AddressPair pair) {
    told.add("valid " + host(pair));
  }

  @Override
  public void send(byte[] message, AddressPair to) {
    sent.add(message);
    if (StunMessage.type(message, message.length) == StunMessage.BINDING_REQUEST) {
      checks.put(to, message);
      told.add("ask " + host(to));
      return;
    }
    int code = StunMessage.find(message, message.length, StunMessage.ERROR_CODE);
    told.add(
        (code < 0 ? "success" : "error " + (message[code + 2] * 100 + message[code + 3]))
            + " to "
            + host(to));
  }

  @Override
  public void selected(AddressPair pair) {
    told.add("selected " + host(pair));
  }

  @Override
  public void forgotten(AddressPair pair) {
    told.add("forgotten " + host(pair));
  }

  @Override
  public void retired(IceCredentials credentials) {
    told.add("retired " + credentials.ufrag());
  }
}
