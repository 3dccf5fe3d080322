package dev.amphi.packager.web;

import dev.amphi.packager.node.LiveProgram;
import dev.amphi.packager.segment.Segment;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the captions of the segments that were asked for last. Thread-safe. */
final class CaptionCache {
  private static final int SEGMENTS = 256;

  private final Map<String, RenderedText> texts =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RenderedText> eldest) {
          return size() > SEGMENTS;
        }
      };

  /** A segment's captions; once it is listed they never change. */
  synchronized RenderedText render(LiveProgram program, Segment segment) {
    return texts.computeIfAbsent(
        program.stream("") + segment.msn(), key -> RenderedText.of(program.captions().of(segment)));
  }
}
