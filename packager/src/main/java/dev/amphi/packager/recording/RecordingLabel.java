package dev.amphi.packager.recording;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;

/**
 * What people wrote on a recording: a small file beside it, replaced whole.
 *
 * @param title one line; "" where nobody gave one
 * @param published whether those who do not moderate see it
 */
record RecordingLabel(String title, boolean published) {
  static final RecordingLabel BLANK = new RecordingLabel("", true);

  private static final System.Logger LOG = System.getLogger(RecordingLabel.class.getName());

  /** What a folder says; one that cannot be read keeps its recording from those outside. */
  static RecordingLabel of(RecordingFolder folder) {
    Properties fields = new Properties();
    try (Reader in = Files.newBufferedReader(folder.label())) {
      fields.load(in);
    } catch (NoSuchFileException e) {
      return BLANK;
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(System.Logger.Level.WARNING, "the label of " + folder.path() + " cannot be read", e);
      return new RecordingLabel("", false);
    }
    return new RecordingLabel(
        fields.getProperty("title", ""), "true".equals(fields.getProperty("published")));
  }

  /** Puts it on the disk. */
  void write(RecordingFolder folder) throws IOException {
    Properties fields = new Properties();
    fields.setProperty("title", title);
    fields.setProperty("published", String.valueOf(published));
    StringWriter text = new StringWriter();
    fields.store(text, null);
    try (FileChannel out =
        FileChannel.open(
            folder.freshLabel(),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      RecordingFolder.writeFully(
          out, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
      out.force(true);
    }
    Files.move(
        folder.freshLabel(),
        folder.label(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    RecordingFolder.sync(folder.path());
  }
}
