package dev.amphi.packager.recording;

import java.util.List;
import java.util.Locale;

/** {@code chapters.json}, which lies beside the MP4 for other programs. */
final class ChaptersJson {
  private ChaptersJson() {}

  /** As {@code {"chapters":[{"start_s":12.5,"title":"Lenses"}]}}. */
  static String write(List<JournalEntry.Placed> chapters) {
    StringBuilder json = new StringBuilder("{\"chapters\":[");
    for (JournalEntry.Placed chapter : chapters) {
      json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
          .append(String.format(Locale.ROOT, "{\"start_s\":%.3f,", chapter.startMs() / 1000.0))
          .append("\"title\":\"")
          .append(escaped(chapter.title()))
          .append("\"}");
    }
    return json.append("]}\n").toString();
  }

  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
