package dev.amphi.composer.lettering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FontFilesTest {
  @Test
  void unpacksEveryFontOnceAndAgainWhatIsNotWhole(@TempDir Path data) throws IOException {
    Path folder = data.resolve("fonts");
    assertThat(FontFiles.unpack(folder)).isEqualTo("-Damphi.fonts=" + folder);
    Path whole = folder.resolve(Face.SANS.file());
    Path half = folder.resolve(Face.CJK.file());
    FileTime before = FileTime.fromMillis(1_000);
    Files.setLastModifiedTime(whole, before);
    long bytes = Files.size(half);
    Files.write(half, new byte[100]);

    FontFiles.unpack(folder);

    assertThat(Files.getLastModifiedTime(whole)).isEqualTo(before);
    assertThat(Files.size(half)).isEqualTo(bytes);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(Face.values().length);
    }
  }
}
