package dev.amphi.packager.recording;

import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.ProgressiveHeaderWriter;
import dev.amphi.packager.mp4.SampleTable;
import dev.amphi.packager.mp4.TrackFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An MP4 on its way to the disk, sample by sample: these lie in a file of their own until it is
 * known how many there are, because the index comes first. Both are sealed where the recording is
 * encrypted. It has its name only once it is published. For one thread at a time.
 */
final class ComposedMovie implements TrackComposer.Output, AutoCloseable {
  /** A live class must not lose its disk to what can be made again. */
  private static final long RESERVE_BYTES = 1L << 30;

  private static final int COPY_BYTES = 1 << 20;
  private static final int MOST_WAITING_BYTES = 8 << 20;

  private final RecordingFolder folder;
  private final RecordedFile name;
  private final @Nullable RecordingKey key;
  private final String mediaName;
  private final SealedOutput media;
  private final Line picture = new Line();
  private final Line sound = new Line();
  private @Nullable SealedOutput movie;
  private long mediaBytes;

  /** One of its tracks: the samples of about a second lie together. */
  private static final class Line {
    final SampleTable table = new SampleTable();
    final List<Bytes> waiting = new ArrayList<>();
    final List<Integer> durations = new ArrayList<>();
    final List<Boolean> syncs = new ArrayList<>();
    @Nullable TrackFormat format;
    long waitingTicks;
    long waitingBytes;
  }

  /**
   * @param key seals it; null where the recording is plain
   */
  ComposedMovie(RecordingFolder folder, RecordedFile name, @Nullable RecordingKey key)
      throws IOException {
    this.folder = folder;
    this.name = name;
    this.key = key;
    this.mediaName = mediaName(name);
    this.media = new SealedOutput(folder, mediaName, key);
  }

  /** How the file of the samples is called, which is never finished. */
  static String mediaName(RecordedFile name) {
    return name.fileName() + ".media";
  }

  @Override
  public void format(
      boolean video, int width, int height, int bitrateBps, ByteBuffer config, int timescale) {
    line(video).format =
        new TrackFormat(video, width, height, bitrateBps, Bytes.copyOf(config), timescale);
  }

  @Override
  public void sample(boolean video, ByteBuffer payload, int durationTicks, boolean sync) {
    Line line = line(video);
    TrackFormat format = Objects.requireNonNull(line.format, "a sample without a format");
    line.waiting.add(Bytes.copyOf(payload));
    line.durations.add(durationTicks);
    line.syncs.add(sync);
    line.waitingTicks += durationTicks;
    line.waitingBytes += payload.remaining();
    if (line.waitingTicks >= format.timescale() || line.waitingBytes > MOST_WAITING_BYTES) {
      try {
        write(line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Line line(boolean video) {
    return video ? picture : sound;
  }

  private void write(Line line) throws IOException {
    if (line.waiting.isEmpty()) {
      return;
    }
    requireRoom();
    line.table.beginChunk(Objects.requireNonNull(line.format), mediaBytes);
    for (int i = 0; i < line.waiting.size(); i++) {
      Bytes sample = line.waiting.get(i);
      line.table.addSample(sample.length(), line.durations.get(i), line.syncs.get(i));
      media.write(sample);
      mediaBytes += sample.length();
    }
    line.waiting.clear();
    line.durations.clear();
    line.syncs.clear();
    line.waitingTicks = 0;
    line.waitingBytes = 0;
  }

  /** All of it is there a second time in the end. */
  private void requireRoom() throws IOException {
    long usable = folder.usableBytes();
    if (usable > 0 && usable < mediaBytes + RESERVE_BYTES) {
      throw new IOException("the disk has no room for it");
    }
  }

  /** Puts all of it on the disk; its name is to follow by {@link #publish}. */
  SealedOutput.Written finish(List<ProgressiveHeaderWriter.Chapter> chapters) throws IOException {
    write(picture);
    write(sound);
    media.finish();
    if (picture.table.isEmpty()) {
      throw new IOException("nothing came out of it");
    }
    List<ProgressiveHeaderWriter.Track> tracks = new ArrayList<>();
    tracks.add(new ProgressiveHeaderWriter.Track(picture.table, 0));
    if (!sound.table.isEmpty()) {
      tracks.add(new ProgressiveHeaderWriter.Track(sound.table, 0));
    }
    SealedOutput out = new SealedOutput(folder, name, key);
    movie = out;
    out.write(ProgressiveHeaderWriter.write(tracks, chapters, mediaBytes));
    String file = folder.unfinished(mediaName).getFileName().toString();
    try (RecordedContent all = RecordedContent.open(folder, file, folder.about(mediaName), key)) {
      for (long at = 0; at < mediaBytes; ) {
        Bytes some = Bytes.copyOf(all.readAll(at, (int) Math.min(COPY_BYTES, mediaBytes - at)));
        out.write(some);
        at += some.length();
      }
    }
    return out.finish();
  }

  /** How long its picture is. */
  long durationMs() {
    TrackFormat format = picture.format;
    return format == null ? 0 : picture.table.durationTicks() * 1000 / format.timescale();
  }

  /** Gives it its name; what had it before is gone. */
  void publish() throws IOException {
    Objects.requireNonNull(movie, "not finished").publish();
  }

  /** What did not get its name is gone. */
  @Override
  public void close() throws IOException {
    media.close();
    if (movie != null) {
      movie.close();
    }
  }
}
