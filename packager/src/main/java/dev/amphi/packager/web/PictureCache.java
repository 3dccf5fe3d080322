package dev.amphi.packager.web;

import dev.amphi.packager.node.LiveProgram;
import dev.amphi.packager.playlist.UriSuffix;
import dev.amphi.packager.thumbnails.LivePictures;
import dev.amphi.packager.thumbnails.PictureTrack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the newest list of small pictures of each class: a long class has thousands of them,
 * and everybody asks. Thread-safe.
 */
final class PictureCache {
  private static final int LISTS = 1024;

  private record Known(LivePictures pictures, RenderedText text) {}

  private final Map<String, Known> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > LISTS;
        }
      };

  /** The list of a program; those with a token in their addresses are made anew each time. */
  RenderedText text(String room, LiveProgram program, UriSuffix suffix) {
    LivePictures listed = program.pictures();
    if (listed == null) {
      return RenderedText.of(PictureTrack.write("", List.of()));
    }
    if (!suffix.equals(UriSuffix.NONE)) {
      return make(program, listed, suffix);
    }
    RenderedText text = find(room, listed);
    if (text == null) {
      text = make(program, listed, suffix);
      remember(room, new Known(listed, text));
    }
    return text;
  }

  private static RenderedText make(LiveProgram program, LivePictures listed, UriSuffix suffix) {
    return RenderedText.of(listed.write(number -> program.pictureUri(number) + suffix.text()));
  }

  // Each change makes a new value, and equality walks all of it.
  @SuppressWarnings("ReferenceEquality")
  private synchronized @Nullable RenderedText find(String room, LivePictures listed) {
    Known entry = known.get(room);
    return entry != null && entry.pictures() == listed ? entry.text() : null;
  }

  private synchronized void remember(String room, Known made) {
    known.put(room, made);
  }
}
