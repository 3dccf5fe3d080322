package dev.amphi.interactive.transport.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lite agent in virtual time: every message is a real one, nothing is sent anywhere. */
class IceLiteTest implements IceLite.Output {
  private static final long SECOND = 1_000_000_000L;
  private static final IceCredentials OURS = new IceCredentials("Abcd+/09", "p".repeat(24));
  private static final IceCredentials NEXT = new IceCredentials("Next+/09", "n".repeat(24));
  private static final IceCredentials THEM = new IceCredentials("them", "t".repeat(24));
  private static final IceCredentials THEY2 = new IceCredentials("they2", "u".repeat(24));
  private static final IceCredentials THEY3 = new IceCredentials("they3", "v".repeat(24));
  private static final Pair WIFI = pair(1);
  private static final Pair CELLULAR = pair(2);

  private final Random random = new Random(7);
  private final List<String> told = new ArrayList<>();
  private final List<byte[]> sent = new ArrayList<>();
  private final Map<AddressPair, byte[]> checks = new HashMap<>();

  /** From where our own checks are answered. */
  private Predicate<AddressPair> reachable = pair -> true;

  private final IceLite agent = new IceLite(OURS, new Random(8));

  private record Pair(InetSocketAddress remote, boolean tcp) implements AddressPair {}

  private static Pair pair(int host) {
    return new Pair(new InetSocketAddress("192.0.2." + host, 5_000), false);
  }

  /** A check that is right in everything; its parts can be changed. */
  private final class Check {
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
      agent.onMessage(bytes, bytes.length, pair, nowNanos, IceLiteTest.this);
      if (reachable.test(pair)) {
        answerChecks(pair, pair, nowNanos);
      }
    }
  }

  /** As a browser does: each check gets its answer, by whoever knows the far side's password. */
  private void answerChecks(AddressPair asked, AddressPair from, long nowNanos) {
    byte[] check = checks.remove(asked);
    if (check != null) {
      byte[] answer =
          StunMessage.success(
              StunMessage.transaction(check), WIFI.remote.getAddress(), 1, passwordOf(check));
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

  @Test
  void answersACheckWithWhereItCameFromAndValidatesThePairBefore() {
    agent.start(THEM);
    Check check = new Check();
    check.over(WIFI, 0);

    assertThat(told).containsExactly("valid 1", "success to 1", "selected 1", "ask 1");
    byte[] answer = sent.getFirst();
    assertThat(StunMessage.type(answer, answer.length)).isEqualTo(StunMessage.BINDING_SUCCESS);
    assertThat(StunMessage.transaction(answer)).isEqualTo(check.transaction);
    assertThat(StunMessage.authentic(answer, answer.length, OURS.password())).isTrue();
    assertThat(StunMessage.fingerprinted(answer, answer.length)).isTrue();
    int value = StunMessage.find(answer, answer.length, StunMessage.XOR_MAPPED_ADDRESS);
    assertThat(StunMessage.uint16(answer, value + 2) ^ 0x2112).isEqualTo(5_000);
    assertThat(StunMessage.int32(answer, value + 4) ^ 0x2112A442).isEqualTo(0xC0000201);
  }

  @Test
  void isSilentToWhatIsNotAuthentic() {
    agent.start(THEM);
    Check guessed = new Check();
    guessed.password = "guess";
    guessed.over(WIFI, 0);
    Check another = new Check();
    another.username = "Abcd+/09:other";
    another.over(WIFI, 0);
    byte[] cut = new Check().bytes();
    agent.onMessage(cut, cut.length - 8, WIFI, 0, this);
    byte[] flipped = new Check().bytes();
    flipped[flipped.length - 1] ^= 1;
    agent.onMessage(flipped, flipped.length, WIFI, 0, this);
    byte[] response = StunMessage.success(new byte[12], WIFI.remote.getAddress(), 1, "p");
    agent.onMessage(response, response.length, WIFI, 0, this);

    assertThat(told).isEmpty();
    assertThat(agent.rejected()).isEqualTo(5);
  }

  @Test
  void isSilentBeforeItKnowsTheFarSide() {
    new Check().over(WIFI, 0);

    assertThat(told).isEmpty();
  }

  @Test
  void readsNoBytesBeyondAnyMessageHoweverItIsBroken() {
    agent.start(THEM);
    byte[] whole = new Check().nominating().bytes();
    for (int i = 0; i < 200_000; i++) {
      byte[] broken = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int flips = random.nextInt(4); flips > 0 && broken.length > 0; flips--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      if (!Arrays.equals(broken, whole)) {
        assertThat(IceCredentials.keyOf(broken, broken.length)).isNotEqualTo(1);
        agent.onMessage(broken, broken.length, WIFI, 0, this);
      }
    }

    assertThat(told).isEmpty();
  }

  @Test
  void tellsAFarSideInTheWrongRoleToBeControlling() {
    agent.start(THEM);
    Check check = new Check();
    check.controlled = true;
    check.over(WIFI, 0);

    assertThat(told).containsExactly("error 487 to 1");
  }

  @Test
  void namesAnAttributeThatItShouldUnderstandAndDoesNot() {
    agent.start(THEM);
    Check check = new Check();
    check.strange = 0x0029;
    check.over(WIFI, 0);
    Check optional = new Check();
    optional.strange = 0xC057;
    optional.over(WIFI, 0);

    assertThat(told)
        .containsExactly("error 420 to 1", "valid 1", "success to 1", "selected 1", "ask 1");
  }

  @Test
  void neverSaysMoreThanItWasAsked() {
    agent.start(THEM);
    for (int i = 0; i < 100; i++) {
      Check check = new Check();
      check.nominates = random.nextBoolean();
      check.controlled = random.nextBoolean();
      check.strange = random.nextBoolean() ? 0 : 0x0029;
      byte[] bytes = check.bytes();
      sent.clear();
      agent.onMessage(bytes, bytes.length, pair(i), i, this);

      assertThat(sent)
          .allSatisfy(answer -> assertThat(answer).hasSizeLessThanOrEqualTo(bytes.length));
    }
  }

  @Test
  void goesByPriorityWhileAggressiveNominationSettlesAndByTheLatestAfterwards() {
    agent.start(THEM);
    new Check().nominating().priority(200).over(WIFI, 0);
    new Check().nominating().priority(100).over(CELLULAR, SECOND);
    assertThat(selections()).containsExactly("selected 1");
    new Check().nominating().priority(300).over(pair(3), SECOND + 1);
    assertThat(selections()).containsExactly("selected 1", "selected 3");

    new Check().nominating().priority(100).over(CELLULAR, 10 * SECOND);

    assertThat(selections()).containsExactly("selected 1", "selected 3", "selected 2");
    assertThat(agent.switches()).isEqualTo(2);
  }

  @Test
  void prefersTheNominatedPairToOneThatWasOnlyTheFirst() {
    agent.start(THEM);
    new Check().priority(300).over(WIFI, 0);
    new Check().priority(400).over(CELLULAR, 1);
    new Check().nominating().priority(100).over(pair(3), 2);

    assertThat(selections()).containsExactly("selected 1", "selected 3");
  }

  @Test
  void followsAReboundAddressByACheckEvenWithoutNominationOnceTheOldOneIsSilent() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    new Check().over(CELLULAR, SECOND);
    agent.onMedia(WIFI.remote, 4 * SECOND);
    new Check().over(CELLULAR, 9 * SECOND);
    assertThat(selections()).containsExactly("selected 1");

    new Check().over(CELLULAR, 9 * SECOND + 1);

    assertThat(selections()).containsExactly("selected 1", "selected 2");
  }

  @Test
  void isNotMovedByACheckThatSomebodyOverheardAndSendsFromElsewhere() {
    agent.start(THEM);
    Check genuine = new Check().nominating();
    genuine.over(WIFI, 0);
    genuine.over(CELLULAR, 5 * SECOND);
    genuine.over(WIFI, 6 * SECOND);

    assertThat(told)
        .as("the far side itself may send it again")
        .containsExactly("valid 1", "success to 1", "selected 1", "ask 1", "success to 1");
  }

  @Test
  void keepsTheOldPairThroughAnIceRestartUntilTheNewOneIsNominated() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    agent.restart(NEXT, THEY2, this);
    assertThat(agent.local()).isEqualTo(NEXT);

    new Check().nominating().over(WIFI, 3 * SECOND);
    new Check().restarted().over(CELLULAR, 3 * SECOND);
    assertThat(selections()).containsExactly("selected 1");
    new Check().restarted().nominating().over(CELLULAR, 3 * SECOND + 1);

    assertThat(selections()).containsExactly("selected 1", "selected 2");
    assertThat(told).contains("retired Abcd+/09");
    told.clear();
    new Check().nominating().over(WIFI, 20 * SECOND);
    assertThat(told).as("the old credentials are worth nothing any more").isEmpty();
  }

  @Test
  void restartsOnTheVerySamePair() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    agent.restart(NEXT, THEY2, this);
    new Check().restarted().nominating().over(WIFI, SECOND);

    assertThat(told).contains("retired Abcd+/09");
    assertThat(agent.switches()).isZero();
  }

  @Test
  void aSecondRestartReplacesOneThatWasNotFinished() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    IceCredentials third = new IceCredentials("Third/09", "t".repeat(24));
    agent.restart(NEXT, THEY2, this);
    agent.restart(third, THEY3, this);
    told.clear();

    new Check().restarted().nominating().over(CELLULAR, SECOND);
    assertThat(told).isEmpty();
    Check check = new Check().nominating();
    check.username = "Third/09:they3";
    check.password = third.password();
    check.over(CELLULAR, SECOND);

    assertThat(selections()).containsExactly("selected 2");
  }

  @Test
  void remembersEightPairsAndForgetsTheLongestSilent() {
    agent.start(THEM);
    new Check().nominating().over(pair(1), 0);
    for (int i = 2; i <= 9; i++) {
      new Check().over(pair(i), i);
    }

    assertThat(told).contains("forgotten 2").doesNotContain("forgotten 1");
    assertThat(agent.valid()).hasSize(IceLite.MAX_PAIRS);
  }

  @Test
  void goesOnOverAnotherValidPairWhenAConnectionEnds() {
    agent.start(THEM);
    new Check().over(CELLULAR, 0);
    new Check().nominating().over(WIFI, 1);
    agent.onGone(WIFI, this);

    assertThat(told).endsWith("forgotten 1", "selected 2");
  }

  /** The password is right, the address is somebody else's who never asked for anything. */
  @Test
  void neverSendsMediaToAnAddressThatDoesNotAnswer() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    reachable = pair -> false;
    long asked = 0;
    long checked = 0;
    for (int i = 1; i <= 1_000; i++) {
      Check lie = new Check().nominating().priority(1_000);
      sent.clear();
      lie.over(CELLULAR, i * SECOND / 20);
      checked += lie.bytes().length;
      asked += sent.stream().mapToLong(message -> message.length).sum();
    }

    assertThat(selections()).containsExactly("selected 1");
    assertThat(told).filteredOn("ask 2"::equals).as("in 50 s").hasSizeLessThan(20);
    assertThat(asked).as("bytes to the stranger").isLessThan(checked);
  }

  @Test
  void movesAsSoonAsTheNewAddressAnswersACheckOfOurs() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    reachable = pair -> false;
    new Check().nominating().over(CELLULAR, 3 * SECOND);
    assertThat(selections()).containsExactly("selected 1");
    answerChecks(CELLULAR, CELLULAR, 3 * SECOND + 1);

    assertThat(selections()).containsExactly("selected 1", "selected 2");
  }

  @Test
  void takesNoAnswerFromElsewhereAndNoneWithAnotherPassword() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    reachable = pair -> false;
    new Check().nominating().over(CELLULAR, 3 * SECOND);
    byte[] transaction = StunMessage.transaction(Objects.requireNonNull(checks.get(CELLULAR)));
    byte[] wrong = StunMessage.success(transaction, WIFI.remote.getAddress(), 1, OURS.password());
    agent.onMessage(wrong, wrong.length, CELLULAR, 3 * SECOND, this);
    byte[] other = StunMessage.success(new byte[12], WIFI.remote.getAddress(), 1, THEM.password());
    agent.onMessage(other, other.length, CELLULAR, 3 * SECOND, this);
    answerChecks(CELLULAR, WIFI, 3 * SECOND);

    assertThat(selections()).containsExactly("selected 1");
    assertThat(agent.rejected()).isEqualTo(3);
  }

  @Test
  void afterAConnectionEndedTooAnAddressHasToAnswerFirst() {
    agent.start(THEM);
    Pair connection = new Pair(WIFI.remote, true);
    new Check().nominating().over(connection, 0);
    reachable = pair -> false;
    agent.onGone(connection, this);
    new Check().nominating().over(CELLULAR, SECOND);
    assertThat(selections()).containsExactly("selected 1");
    answerChecks(CELLULAR, CELLULAR, SECOND);

    assertThat(selections()).containsExactly("selected 1", "selected 2");
  }

  @Test
  void anIceRestartMovesNothingToAnAddressThatDoesNotAnswer() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    agent.restart(NEXT, THEY2, this);
    reachable = pair -> false;
    new Check().restarted().nominating().over(CELLULAR, SECOND);

    assertThat(selections()).containsExactly("selected 1");
    assertThat(told).doesNotContain("retired Abcd+/09");
  }

  private List<String> selections() {
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
