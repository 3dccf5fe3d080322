package dev.amphi.interactive.signal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Readers of what strangers send: bounded before anything is made of it. */
final class BoundedJson {
  private BoundedJson() {}

  /**
   * A reader with these limits.
   *
   * @param depth levels
   * @param string characters of one text
   * @param number characters of one number
   */
  static ObjectMapper reader(int depth, int string, int number) {
    return new ObjectMapper(
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(depth)
                    .maxStringLength(string)
                    .maxNumberLength(number)
                    .build())
            .build());
  }
}
