package dev.amphi.packager.recording;

import dev.amphi.packager.captions.Cue;
import dev.amphi.packager.crypt.ChunkCipher;
import dev.amphi.packager.crypt.ForgedException;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.mp4.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was said, on its way to the journal and back: in an encrypted recording it is sealed, bound
 * to its times. For one thread.
 */
final class SealedWords {
  private static final String TRACK = "captions";

  private final String about;
  private final @Nullable ChunkCipher cipher;

  /**
   * @param key seals and opens; null where the recording is plain
   */
  SealedWords(RecordingFolder folder, @Nullable RecordingKey key) {
    about = folder.about() + "/" + TRACK;
    cipher = key == null ? null : key.chunks(TRACK, new SecureRandom());
  }

  JournalEntry.Cue seal(Cue cue) {
    Bytes words = Bytes.wrap(cue.text().getBytes(StandardCharsets.UTF_8));
    return new JournalEntry.Cue(
        cue.from(),
        cue.until(),
        cipher == null ? words : cipher.seal(words, about(cue.from(), cue.until())));
  }

  /** The cue that was journaled; empty when it is not what was written. */
  Optional<Cue> open(JournalEntry.Cue entry) {
    try {
      Bytes words =
          cipher == null
              ? entry.words()
              : cipher.open(entry.words(), about(entry.from(), entry.until()));
      String text = new String(words.toByteArray(), StandardCharsets.UTF_8);
      return Optional.of(new Cue(entry.from(), entry.until(), text));
    } catch (ForgedException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String about(Instant from, Instant until) {
    return about + "/" + from + "/" + until;
  }
}
