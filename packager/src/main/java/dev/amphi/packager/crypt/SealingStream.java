package dev.amphi.packager.crypt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Seals a stream as Google Tink's AES-GCM-HKDF streaming AEAD does (AES-256, HKDF with
 * HMAC-SHA-256, segments of 64 KiB; the STREAM construction of Hoang, Reyhanitabar, Rogaway and
 * Vizár, 2015): a nonce is a random prefix, the segment's number and whether it is the last. So
 * segments can be opened singly, and none can be changed, moved or cut off. For one thread.
 *
 * <pre>
 * 1 byte header length | 32 bytes salt | 7 bytes nonce prefix | segment 0 | segment 1 | …
 * </pre>
 */
public final class SealingStream {
  /** Takes the sealed bytes in order. */
  public interface Sink {
    void accept(ByteBuffer sealed) throws IOException;
  }

  private final StreamNonce nonces;
  private final AesGcm cipher;
  private final Sink sink;
  private final ByteBuffer plain = ByteBuffer.allocate(StreamLayout.PLAIN_BYTES);
  private long segment;

  /**
   * Writes the header.
   *
   * @param about what the stream is; whoever opens it has to say the same
   */
  public SealingStream(RecordingKey key, String about, SecureRandom random, Sink sink)
      throws IOException {
    byte[] salt = new byte[StreamLayout.SALT_BYTES];
    byte[] prefix = new byte[StreamLayout.PREFIX_BYTES];
    random.nextBytes(salt);
    random.nextBytes(prefix);
    this.nonces = new StreamNonce(prefix);
    this.cipher = new AesGcm(streamKey(key, salt, about));
    this.sink = sink;
    plain.limit(StreamLayout.room(0));
    sink.accept(
        ByteBuffer.allocate(StreamLayout.HEADER_BYTES)
            .put((byte) StreamLayout.HEADER_BYTES)
            .put(salt)
            .put(prefix)
            .flip());
  }

  static byte[] streamKey(RecordingKey key, byte[] salt, String about) {
    return Hkdf.derive(
        key.movie(), salt, about.getBytes(StandardCharsets.UTF_8), StreamLayout.SALT_BYTES);
  }

  /** Seals what remains in {@code more}. */
  public void write(ByteBuffer more) throws IOException {
    while (more.hasRemaining()) {
      if (!plain.hasRemaining()) {
        flush(false); // Only now it is known that this is not the last one.
      }
      int some = Math.min(plain.remaining(), more.remaining());
      plain.put(more.slice().limit(some));
      more.position(more.position() + some);
    }
  }

  /** Seals the last segment. */
  public void finish() throws IOException {
    flush(true);
  }

  private void flush(boolean last) throws IOException {
    plain.flip();
    sink.accept(ByteBuffer.wrap(cipher.seal(nonces.of(segment, last), new byte[0], plain)));
    segment++;
    plain.clear();
  }
}
