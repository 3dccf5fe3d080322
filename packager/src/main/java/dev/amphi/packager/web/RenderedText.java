package dev.amphi.packager.web;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;

/** A text, plain and compressed, with what is said before it: made once for all who ask. */
final class RenderedText {
  private final Buffer plain;
  private final Buffer gzip;
  private final Map<Head, MultiMap> heads = new ConcurrentHashMap<>(4);

  private record Head(TextAnswer answer, Watching.Reach reach, boolean packed) {}

  private RenderedText(Buffer plain, Buffer gzip) {
    this.plain = plain;
    this.gzip = gzip;
  }

  static RenderedText of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return new RenderedText(Buffer.buffer(bytes), Buffer.buffer(packed.toByteArray()));
  }

  Buffer plain() {
    return plain;
  }

  Buffer gzip() {
    return gzip;
  }

  /** The head of an answer with it; nobody changes it. */
  MultiMap head(TextAnswer answer, Watching.Reach reach, boolean packed) {
    return heads.computeIfAbsent(
        new Head(answer, reach, packed), head -> answer.head(packed ? gzip : plain, reach, packed));
  }
}
