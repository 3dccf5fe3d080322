package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.Sha256;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.segment.Part;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** The tracks of a recording while it is written: a file each, to which chunks are appended. */
final class TrackFiles implements AutoCloseable {
  private final RecordingFolder folder;
  private final Map<String, FileChannel> files = new HashMap<>();
  private String lead = "";

  TrackFiles(RecordingFolder folder) {
    this.folder = folder;
  }

  /** The track that came first; the recording is as long as it is. */
  String lead() {
    return lead;
  }

  /** Appends a part; what is told of it counts once {@link #force} came back. */
  JournalEntry.Chunk append(TrackRun run, Part part) throws IOException {
    FileChannel file = file(run.track());
    long offset = file.position();
    Bytes stored = part.data();
    RecordingFolder.writeFully(file, stored.toByteBuffer());
    return new JournalEntry.Chunk(
        run.track(),
        run.initIndex(),
        offset,
        stored.length(),
        Sha256.of(stored.toByteBuffer()),
        part.start().ticks(),
        part.durationTicks());
  }

  /** Puts all that was appended on the disk. */
  void force() throws IOException {
    for (FileChannel file : files.values()) {
      file.force(false);
    }
  }

  @Override
  public void close() throws IOException {
    for (FileChannel file : files.values()) {
      file.close();
    }
  }

  private FileChannel file(String track) throws IOException {
    FileChannel known = files.get(track);
    if (known != null) {
      return known;
    }
    FileChannel created =
        FileChannel.open(
            folder.track(track), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (files.isEmpty()) {
      lead = track;
    }
    files.put(track, created);
    RecordingFolder.sync(folder.path());
    return created;
  }
}
