package dev.amphi.packager.recording;

import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.crypt.ForgedException;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.webm.Cluster;
import dev.amphi.packager.webm.NetworkFrame;
import dev.amphi.packager.webm.TrackCodec;
import dev.amphi.packager.webm.WebmReader;
import dev.amphi.packager.webm.WireFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The frames of a track's file, where the movie shows them. Where it is damaged it ends. */
final class TrackReading implements TrackComposer.Frames {
  private static final System.Logger LOG = System.getLogger(TrackReading.class.getName());

  private final RecordedContent content;
  private final TrackComposer.Track track;
  private final TrackCodec codec;
  private final Consumer<String> damage;
  private @Nullable WebmReader<IOException> reader;
  private long reachedMs;
  private boolean over;

  /**
   * @param content of the track's file; closed with this
   * @param damage hears in a sentence where it is damaged
   */
  TrackReading(RecordedContent content, TrackComposer.Track track, Consumer<String> damage) {
    this.content = content;
    this.track = track;
    this.codec = TrackCodec.named(track.codec());
    this.damage = damage;
    this.reachedMs = track.startMs();
  }

  @Override
  public Optional<TrackComposer.Frame> next() throws IOException {
    if (over) {
      return Optional.empty();
    }
    try {
      Optional<Cluster.Frame> frame = reader().next();
      if (frame.isEmpty()) {
        over = true;
        return Optional.empty();
      }
      Optional<Bytes> wire = WireFrame.of(codec, frame.get().bytes());
      if (wire.isPresent()) {
        reachedMs = track.startMs() + frame.get().atMs();
        return Optional.of(
            new TrackComposer.Frame(
                reachedMs,
                NetworkFrame.durationMs(codec, frame.get().bytes()),
                frame.get().key(),
                wire.get().toByteBuffer()));
      }
    } catch (WebmReader.Damage | ForgedException e) {
      LOG.log(System.Logger.Level.WARNING, "track {0}: {1}", track.number(), e.getMessage());
    }
    over = true;
    damage.accept(
        String.format(
            Locale.ROOT,
            "Track %d is damaged and ends at %.3f s.",
            track.number(),
            reachedMs / 1000.0));
    return Optional.empty();
  }

  private WebmReader<IOException> reader() throws IOException, WebmReader.Damage {
    WebmReader<IOException> opened = reader;
    if (opened == null) {
      opened = WebmReader.open(file(), codec);
      reader = opened;
    }
    return opened;
  }

  private WebmReader.File<IOException> file() {
    return new WebmReader.File<>() {
      @Override
      public long length() {
        return content.length();
      }

      @Override
      public ByteBuffer read(long at, int most) throws IOException {
        return content.read(at, most);
      }
    };
  }

  @Override
  public void close() {
    content.close();
  }
}
