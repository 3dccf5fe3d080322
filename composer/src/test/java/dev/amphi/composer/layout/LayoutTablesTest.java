package dev.amphi.composer.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Holds the tables that other people check pictures against. */
class LayoutTablesTest {
  private static final Canvas HD = new Canvas(1280, 720);

  private static String row(String layout, int people) {
    List<Member> members =
        IntStream.range(0, people)
            .mapToObj(i -> new Member("p" + i, false))
            .collect(Collectors.toCollection(ArrayList::new));
    if (layout.startsWith("presentation")) {
      members.add(new Member("s", true));
    }
    String rects =
        Layout.named(layout).orElseThrow().arrange(HD, members, "").stream()
            .map(Place::rect)
            .map(r -> "%d,%d %d×%d".formatted(r.x(), r.y(), r.width(), r.height()))
            .collect(Collectors.joining(" · "));
    return "| %s | %d | %s |".formatted(layout, people, rects);
  }

  @Test
  void standAsTheyAreWritten() throws IOException {
    List<String> written = Files.readAllLines(Path.of("..", "docs", "layouts.md"));
    for (String layout :
        List.of("grid", "speaker", "presentation_pip", "presentation_side", "side_by_side")) {
      for (int people = 1; people <= 9; people++) {
        assertThat(written).contains(row(layout, people));
      }
    }
  }
}
