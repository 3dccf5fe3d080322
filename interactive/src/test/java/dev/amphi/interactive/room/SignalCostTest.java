package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.signal.ClientMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What 300 people who come within ten seconds and go within ten more cost each of them. Before
 * changes travelled as patches it was 46,016 bytes in 303 messages for each student (the instructor
 * got 65,287 in 602), and 17,743 bytes in 102 messages for each viewer (35,096 in 200).
 */
class SignalCostTest {
  private static final int PEOPLE = 300;
  private static final int COMPRESSED_FROM = 512;

  @ParameterizedTest
  @CsvSource({"STUDENT, 100, 40000", "VIEWER, 30, 3000"})
  void threeHundredComeAndGo(Role role, int mostMessages, int mostBytes) {
    ClassFixture theClass = new ClassFixture();
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    List<ClassFixture.Person> people = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      people.add(theClass.enter("person-" + i, role));
      theClass.loop.pass(33);
    }
    theClass.loop.pass(1_000);
    for (ClassFixture.Person person : people) {
      person.say(new ClientMessage.Leave());
      theClass.loop.pass(33);
    }
    theClass.loop.pass(1_000);
    System.out.println(role + ", the instructor: " + cost(List.of(ada)));
    System.out.println(role + ", each of them: " + cost(people));

    assertThat(ada.wire.messages).hasSizeLessThan(mostMessages);
    assertThat(bytes(ada.wire.messages)).isLessThan(mostBytes);
    for (ClassFixture.Person person : people) {
      assertThat(bytes(person.wire.messages)).isLessThan(mostBytes);
    }
  }

  private static String cost(List<ClassFixture.Person> people) {
    List<JsonNode> all = people.stream().flatMap(p -> p.wire.messages.stream()).toList();
    int count = people.size();
    return "%d messages, %d bytes, %d compressed"
        .formatted(all.size() / count, bytes(all) / count, compressed(all) / count);
  }

  private static long bytes(List<JsonNode> messages) {
    return messages.stream().mapToLong(m -> m.toString().length()).sum();
  }

  /** As the socket does it: each message by itself, short ones not at all. */
  private static long compressed(List<JsonNode> messages) {
    long sum = 0;
    byte[] out = new byte[1 << 20];
    for (JsonNode message : messages) {
      byte[] text = message.toString().getBytes(StandardCharsets.UTF_8);
      if (text.length < COMPRESSED_FROM) {
        sum += text.length;
        continue;
      }
      Deflater deflater = new Deflater(6, true);
      deflater.setInput(text);
      sum += deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
      deflater.end();
    }
    return sum;
  }
}
