package dev.amphi.packager.web;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** A playlist's text, plain and compressed, made once for everybody who asks. */
record RenderedPlaylist(Buffer plain, Buffer gzip) {
  static RenderedPlaylist of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return new RenderedPlaylist(Buffer.buffer(bytes), Buffer.buffer(packed.toByteArray()));
  }
}
