package dev.amphi.packager.web;

import dev.amphi.packager.origin.ProgramWindow;
import dev.amphi.packager.playlist.UriSuffix;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the newest description of each class for its second: players ask for it once in one,
 * and a long class takes long to describe. Thread-safe.
 */
final class DescriptionCache {
  private static final int CLASSES = 1024;

  /** Spells a description as it is at an instant, with a suffix of its addresses. */
  interface Writer {
    String write(ProgramWindow program, Instant now, String suffix);
  }

  private record Known(ProgramWindow window, long second, RenderedText text) {}

  private final Map<String, Known> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > CLASSES;
        }
      };

  /**
   * The text of a window; those with a token in their addresses are made anew each time.
   *
   * @param key of the class and the kind of description
   */
  RenderedText text(
      String key, ProgramWindow window, Instant now, UriSuffix suffix, Writer writer) {
    if (!suffix.equals(UriSuffix.NONE)) {
      return RenderedText.of(writer.write(window, now, suffix.text()));
    }
    RenderedText text = find(key, window, now.getEpochSecond());
    if (text == null) {
      text = RenderedText.of(writer.write(window, now, ""));
      remember(key, new Known(window, now.getEpochSecond(), text));
    }
    return text;
  }

  // Windows are compared by identity: each change makes a new one, and equality walks all of it.
  @SuppressWarnings("ReferenceEquality")
  private synchronized @Nullable RenderedText find(String key, ProgramWindow window, long second) {
    Known entry = known.get(key);
    return entry != null && entry.window() == window && entry.second() == second
        ? entry.text()
        : null;
  }

  private synchronized void remember(String key, Known made) {
    known.put(key, made);
  }
}
