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
 * Remembers the newest list of small pictures of each class, for those without a token and for each
 * token that asks: a long class has thousands of them, and everybody asks. Thread-safe.
 */
final class PictureCache {
  private static final int LISTS = 1024;

  private record Key(String room, UriSuffix suffix) {}

  private record Known(LivePictures pictures, RenderedPlaylist text) {}

  private final Map<Key, Known> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
          return size() > LISTS;
        }
      };

  /** The list of a program, with a suffix of its addresses. */
  RenderedPlaylist text(String room, LiveProgram program, UriSuffix suffix) {
    LivePictures listed = program.pictures();
    if (listed == null) {
      return RenderedPlaylist.of(PictureTrack.write("", List.of()));
    }
    Key key = new Key(room, suffix);
    RenderedPlaylist text = find(key, listed);
    if (text == null) {
      text =
          RenderedPlaylist.of(listed.write(number -> program.pictureUri(number) + suffix.text()));
      remember(key, new Known(listed, text));
    }
    return text;
  }

  // Each change makes a new value, and equality walks all of it.
  @SuppressWarnings("ReferenceEquality")
  private synchronized @Nullable RenderedPlaylist find(Key key, LivePictures listed) {
    Known entry = known.get(key);
    return entry != null && entry.pictures() == listed ? entry.text() : null;
  }

  private synchronized void remember(Key key, Known made) {
    known.put(key, made);
  }
}
