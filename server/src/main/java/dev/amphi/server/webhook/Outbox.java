package dev.amphi.server.webhook;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one endpoint has not got yet, on the disk: a file for each message, whole or not there, gone
 * when it was delivered. For one thread.
 *
 * <pre>
 * webhooks/{endpoint}/001763776331123-msg_9f….json   a payload
 *                     gone                          there when the endpoint wants no more
 * </pre>
 */
final class Outbox {
  private static final System.Logger LOG = System.getLogger(Outbox.class.getName());
  private static final Pattern NAME = Pattern.compile("(\\d{15})-(msg_[0-9a-f]+)\\.json");
  private static final String FRESH = "message.new";

  private final Path folder;

  Outbox(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** What earlier runs left, the oldest first. */
  List<WebhookMessage> read() throws IOException {
    List<WebhookMessage> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          String payload = Files.readString(file, StandardCharsets.UTF_8);
          found.add(new WebhookMessage(name.group(2), Long.parseLong(name.group(1)), payload));
        }
      }
    }
    found.sort(Comparator.comparingLong(WebhookMessage::atMillis));
    return found;
  }

  /** On the disk when this returns. */
  void put(WebhookMessage message) throws IOException {
    Path fresh = folder.resolve(FRESH);
    write(fresh, message.bytes());
    Files.move(
        fresh, file(message), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync();
  }

  /** A message that comes back after a crash is delivered twice, as it may be. */
  void remove(WebhookMessage message) {
    try {
      Files.deleteIfExists(file(message));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a webhook message stays in " + folder, e);
    }
  }

  /** Whether the endpoint at this address said that it wants no more. */
  boolean isGone(String url) throws IOException {
    Path mark = folder.resolve("gone");
    return Files.exists(mark) && Files.readString(mark, StandardCharsets.UTF_8).equals(url);
  }

  /** Remembers that; an endpoint with another address is another one. */
  void gone(String url, boolean now) throws IOException {
    if (now) {
      write(folder.resolve("gone"), url.getBytes(StandardCharsets.UTF_8));
    } else {
      Files.deleteIfExists(folder.resolve("gone"));
    }
    sync();
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
  }

  private void sync() throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private Path file(WebhookMessage message) {
    return folder.resolve(
        String.format(Locale.ROOT, "%015d-%s.json", message.atMillis(), message.id()));
  }
}
