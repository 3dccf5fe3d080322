package dev.amphi.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.push.Destination;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushStoreTest {
  @Test
  void keepsPushesWithTheirSecretsForTheNodeAlone(@TempDir Path folder) throws Exception {
    List<PushSpec> specs =
        List.of(
            new PushSpec("1", "Tube", Destination.of("rtmps://h/app/x", "k/e?y"), "720p"),
            new PushSpec("2", "Sat", Destination.of("srt://h:1?streamid=a%26b", ""), ""));
    PushStore.in(folder).keep("maths", specs);
    assertThat(PushStore.in(folder).read("maths")).isEqualTo(specs);
    assertThat(PushStore.in(folder).read("physics")).isEmpty();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("maths.pushes"))))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).as("nothing else is left").hasSize(1);
    }
    PushStore.in(folder).keep("maths", List.of());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileThatCannotBeReadCountsAsNone(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("maths.pushes"), "[{\"url\":");
    assertThat(PushStore.in(folder).read("maths")).isEmpty();
    Files.writeString(folder.resolve("maths.pushes"), "[{\"url\":\"http://h\"}]");
    assertThat(PushStore.in(folder).read("maths")).isEmpty();
  }

  @Test
  void onePushThatCannotBeReadCostsNoOther(@TempDir Path folder) throws Exception {
    PushSpec good = new PushSpec("1", "Tube", Destination.of("rtmp://h/app/key", ""), "720p");
    PushSpec other = new PushSpec("2", "Sat", Destination.of("srt://h:1?streamid=a", ""), "");
    PushStore.in(folder).keep("maths", List.of(good, other));
    Path file = folder.resolve("maths.pushes");
    String kept = Files.readString(file);
    Files.writeString(file, kept.replace("[", "[{\"id\":\"0\",\"url\":\"http://h\"},"));
    assertThat(PushStore.in(folder).read("maths")).containsExactly(good, other);
  }
}
