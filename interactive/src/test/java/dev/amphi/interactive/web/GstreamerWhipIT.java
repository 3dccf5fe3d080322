package dev.amphi.interactive.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.transport.UdpTransportFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GStreamer, which shares no code with us or with the browsers, publishes over WHIP. */
class GstreamerWhipIT {
  private static final String PACKAGES =
      "GStreamer is missing: apt install gstreamer1.0-plugins-base gstreamer1.0-plugins-good"
          + " gstreamer1.0-plugins-bad gstreamer1.0-nice python3-gi gir1.2-gstreamer-1.0"
          + " gir1.2-gst-plugins-base-1.0 gir1.2-gst-plugins-bad-1.0";

  @Test
  void itsPictureAndSoundArriveAsCompleteFrames(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path script = folder.resolve("whip_gstreamer.py");
    try (var in = getClass().getResourceAsStream("/whip_gstreamer.py")) {
      Files.copy(Objects.requireNonNull(in), script);
    }
    Path output = folder.resolve("output.txt");
    try (OpenDoors doors =
        new OpenDoors(UdpTransportFactory.open(0, new SecureRandom(), Clock.systemUTC()))) {
      Process sender =
          new ProcessBuilder(
                  "/usr/bin/python3",
                  script.toString(),
                  doors.http("/whip/demo").toString(),
                  "gst:instructor",
                  "4")
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        boolean ended = sender.waitFor(60, TimeUnit.SECONDS);
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(said).as(PACKAGES).doesNotContain("MISSING");
        assertThat(ended).as("the sender ends; it said: %s", said).isTrue();
        assertThat(said).contains("CONNECTED", "DELETED 200");
        assertThat(doors.framesOf("gst camera"))
            .as("pictures of four seconds at 15 a second")
            .isGreaterThan(30);
        assertThat(doors.framesOf("gst microphone"))
            .as("sound of four seconds at 50 a second")
            .isGreaterThan(100);
      } finally {
        sender.destroyForcibly();
      }
    }
  }
}
