package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.Arrangement;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CommandQueueTest {
  private final CommandQueue queue = new CommandQueue();

  private void frame(String source, long ticks, int bytes) {
    queue.frame(new Command.Frame(source, ByteBuffer.allocate(bytes), ticks, 0, -1, false, false));
  }

  private List<Command> drain() throws IOException, InterruptedException {
    List<Command> commands = new ArrayList<>();
    while (!queue.isEmpty()) {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(queue.take()));
      commands.add(CommandCodec.decode(Objects.requireNonNull(Wire.read(in))));
    }
    return commands;
  }

  private static String told(Command command) {
    return command instanceof Command.Frame frame
        ? frame.sourceId() + frame.ticks() + (frame.gap() ? " after a gap" : "")
        : command.getClass().getSimpleName();
  }

  @Test
  void dropsTheOldestFramesButNoCommandAndMarksTheGap() throws Exception {
    queue.command(new Command.Remove("x"));
    frame("a", 0, 3_000_000);
    frame("b", 0, 3_000_000);
    queue.command(new Command.Loudest("y"));
    frame("a", 1, 3_000_000);
    assertThat(drain())
        .extracting(CommandQueueTest::told)
        .containsExactly("Remove", "b0", "Loudest", "a1 after a gap");
    assertThat(queue.dropped()).isEqualTo(1);
    frame("a", 2, 10);
    assertThat(drain()).extracting(CommandQueueTest::told).containsExactly("a2");
  }

  @Test
  void takesASourceOutBeforeAnyFrameThatWaits() throws Exception {
    queue.command(new Command.Loudest("b"));
    queue.command(new Command.Mute("a", true));
    frame("b", 0, 10);
    frame("a", 0, 10);
    queue.command(new Command.Mute("a", false));
    queue.command(new Command.Mute("b", true));
    frame("a", 1, 10);
    frame("b", 1, 10);

    queue.remove("a");

    assertThat(drain())
        .extracting(CommandQueueTest::told)
        .containsExactly("Loudest", "Remove", "b0", "Mute", "b1");
    assertThat(queue.dropped()).isZero();
    queue.remove("b");
    frame("b", 2, 3_000_000);
    frame("b", 3, 6_000_000); // longer than any message may be: bytes and frames are counted right
    frame("b", 4, 3_000_000);
    assertThat(drain())
        .extracting(CommandQueueTest::told)
        .containsExactly("Remove", "b2", "b4 after a gap");
  }

  @Test
  void remembersAGapUntilTheNextFrame() throws Exception {
    frame("a", 0, 5_000_000); // longer than any message may be
    assertThat(queue.isEmpty()).isTrue();
    frame("b", 0, 10);
    frame("a", 1, 10);
    assertThat(drain()).extracting(CommandQueueTest::told).containsExactly("b0", "a1 after a gap");
  }

  @Test
  void staysBoundedHoweverManyFramesCome() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      frame("a", i, 100);
    }
    assertThat(queue.dropped()).isEqualTo(4_000);
    List<Command> kept = drain();
    assertThat(kept).hasSize(1_000);
    assertThat(told(kept.get(0))).isEqualTo("a4000 after a gap");
    assertThat(told(kept.get(1))).isEqualTo("a4001");
  }

  @Test
  void forgetsEverythingForANewChild() throws Exception {
    frame("a", 0, 10);
    queue.restart(List.of(new Command.Arrange(Arrangement.AUTO)));
    assertThat(drain()).extracting(CommandQueueTest::told).containsExactly("Arrange");
  }
}
