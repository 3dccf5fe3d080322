package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What 300 people who come and go cost each of them, counted on the wire before compression. */
class SignalCostTest {
  private static final int PEOPLE = 300;

  @ParameterizedTest
  @CsvSource({"STUDENT", "VIEWER"})
  void threeHundredComeAndGo(Role role) {
    ClassFixture theClass = new ClassFixture();
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    List<ClassFixture.Person> people = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      people.add(theClass.enter("person-" + i, role));
      theClass.loop.pass(33);
    }
    long welcomed =
        people.stream().mapToLong(p -> p.wire.messages.getFirst().toString().length()).sum();
    theClass.loop.pass(1_000);
    for (ClassFixture.Person person : people) {
      person.say(new dev.amphi.interactive.signal.ClientMessage.Leave());
      theClass.loop.pass(33);
    }
    theClass.loop.pass(1_000);
    long bytes = ada.wire.messages.stream().mapToLong(m -> m.toString().length()).sum();
    long all =
        people.stream()
            .flatMap(p -> p.wire.messages.stream())
            .mapToLong(m -> m.toString().length())
            .sum();
    System.out.println(
        "COST "
            + role
            + ": instructor "
            + ada.wire.messages.size()
            + " messages, "
            + bytes
            + " bytes; mean client "
            + people.stream().mapToLong(p -> p.wire.messages.size()).sum() / PEOPLE
            + " messages "
            + all / PEOPLE
            + " bytes, of it welcome "
            + welcomed / PEOPLE);
    assertThat(bytes).isPositive();
  }
}
