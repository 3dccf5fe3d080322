package dev.amphi.server.tracks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.TrackSink;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrackSwitchTest {
  private final TrackSwitch tracks =
      new TrackSwitch(true, new KeptTracks(track -> true, Optional::empty, on -> {}, track -> {}));
  private TrackSink sink = new Disk();
  private final Broadcast broadcast =
      (Broadcast)
          Proxy.newProxyInstance(
              Broadcast.class.getClassLoader(),
              new Class<?>[] {Broadcast.class},
              (proxy, method, arguments) -> sink);

  private static final class Disk implements TrackSink {
    boolean full;

    @Override
    public void frame(Source source, ByteBuffer payload, Instant at, boolean keyFrame) {}

    @Override
    public void cut(String sourceId) {}

    @Override
    public boolean isOver() {
      return full;
    }
  }

  @Test
  void tracksThatTheDiskNoLongerTakesAreNotToldAsKept() {
    Disk disk = new Disk();
    sink = disk;
    tracks.want(true, false, Optional.empty());
    tracks.follow(broadcast, true);
    assertThat(tracks.holds()).isTrue();
    disk.full = true;
    assertThat(tracks.holds()).isFalse();
    assertThat(tracks.wanted()).as("for the next recording").isTrue();
    tracks.end();
    sink = TrackSink.NONE;
    tracks.follow(broadcast, true);
    assertThat(tracks.holds()).as("after a pause of the same one").isFalse();
    sink = new Disk();
    tracks.follow(broadcast, true);
    assertThat(tracks.holds()).as("with the next one").isTrue();
  }
}
