package dev.amphi.packager.recording;

import dev.amphi.packager.crypt.RecordingKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The journal of a recording that nobody writes any more; for one thread at a time. */
record ClosedJournal(RecordingFolder folder, @Nullable RecordingKey key) {
  Journal read() throws IOException {
    return Journal.read(Files.readAllBytes(folder.journal()), RecordingKey.links(key));
  }

  /** Behind the last good line: what is torn there would spoil the new one. */
  void append(Journal read, JournalEntry entry) throws IOException {
    try (FileChannel file = FileChannel.open(folder.journal(), StandardOpenOption.WRITE)) {
      file.truncate(read.validBytes());
    }
    folder.append(new JournalChain(RecordingKey.links(key), read.link()), List.of(entry));
  }

  /** The same where nothing else of it is to be known. */
  void append(JournalEntry entry) throws IOException {
    append(read(), entry);
  }
}
