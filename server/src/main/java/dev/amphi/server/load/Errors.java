package dev.amphi.server.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What went wrong in a run, each sentence once with how often. Thread-safe. */
final class Errors {
  private static final int MOST = 50;

  private final Map<String, Integer> counts = new LinkedHashMap<>();

  synchronized void add(String sentence) {
    if (counts.size() < MOST || counts.containsKey(sentence)) {
      counts.merge(sentence, 1, Integer::sum);
    }
  }

  synchronized List<String> sentences() {
    List<String> all = new ArrayList<>();
    counts.forEach((text, count) -> all.add(count == 1 ? text : text + " (" + count + " times)"));
    return all;
  }
}
