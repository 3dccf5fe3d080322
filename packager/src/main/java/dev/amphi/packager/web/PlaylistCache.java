package dev.amphi.packager.web;

import dev.amphi.packager.origin.ListKind;
import dev.amphi.packager.origin.PlaylistComposer;
import dev.amphi.packager.origin.ProgramWindow;
import dev.amphi.packager.playlist.MediaPlaylist;
import dev.amphi.packager.playlist.PlaylistWriter;
import dev.amphi.packager.playlist.UriSuffix;
import dev.amphi.packager.segment.SegmentWindow;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers the newest text of each media playlist, full and delta. Thread-safe. */
final class PlaylistCache {
  private static final int STREAMS = 1024;

  private final Map<String, Texts> entries =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Texts> eldest) {
          return size() > STREAMS;
        }
      };

  private record Texts(
      SegmentWindow window, @Nullable RenderedText full, @Nullable RenderedText delta) {}

  /** The text of a window; those with a token in their URIs are made anew each time. */
  RenderedText render(
      ListKind kind,
      String stream,
      ProgramWindow program,
      SegmentWindow window,
      boolean delta,
      UriSuffix suffix) {
    if (!suffix.equals(UriSuffix.NONE)) {
      return make(kind, program, window, delta, suffix);
    }
    String key = kind + " " + stream;
    RenderedText known = known(key, window, delta);
    if (known != null) {
      return known;
    }
    RenderedText made = make(kind, program, window, delta, suffix);
    remember(key, window, delta, made);
    return made;
  }

  // Windows are compared by identity: each change makes a new one, and equality walks all of it.
  @SuppressWarnings("ReferenceEquality")
  private synchronized @Nullable RenderedText known(
      String stream, SegmentWindow window, boolean delta) {
    Texts entry = entries.get(stream);
    if (entry == null || entry.window() != window) {
      return null;
    }
    return delta ? entry.delta() : entry.full();
  }

  // As above.
  @SuppressWarnings("ReferenceEquality")
  private synchronized void remember(
      String stream, SegmentWindow window, boolean delta, RenderedText made) {
    Texts entry = entries.get(stream);
    boolean same = entry != null && entry.window() == window;
    RenderedText full = same && entry != null ? entry.full() : null;
    RenderedText other = same && entry != null ? entry.delta() : null;
    entries.put(stream, new Texts(window, delta ? full : made, delta ? made : other));
  }

  private static RenderedText make(
      ListKind kind, ProgramWindow program, SegmentWindow window, boolean delta, UriSuffix suffix) {
    MediaPlaylist playlist = PlaylistComposer.list(kind, program, window);
    return RenderedText.of(PlaylistWriter.write(delta ? playlist.delta() : playlist, suffix));
  }
}
