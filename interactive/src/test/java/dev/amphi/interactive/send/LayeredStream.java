package dev.amphi.interactive.send;

import java.util.List;

/**
 * A stream of three spatial and three temporal layers, by the tables of the AOM "RTP Payload Format
 * For AV1" 1.0, §A.10.2: each template's spatial and temporal layer, what it refers to, its chains
 * and its indications. Pictures are told by the templates of their three frames.
 */
final class LayeredStream {
  static final int TARGETS = 9;
  static final int CHAINS = 3;

  /** §A.10.2.2: each frame depends on the lower layers of its picture. */
  static final LayeredStream FULL =
      new LayeredStream(
          List.of(
              "0 0 -    0 0 0    SSSSSSSSS",
              "0 0 12   12 11 10 RRRRRRSSS",
              "0 1 6    6 5 4    RR-RR-SD-",
              "0 2 3    3 2 1    R--R--D--",
              "0 2 3    9 8 7    R--R--D--",
              "1 0 1    1 1 1    SSSSSS---",
              "1 0 12,1 1 1 1    RRRSSS---",
              "1 1 6,1  7 6 5    RR-SD----",
              "1 2 3,1  4 3 2    R--D-----",
              "1 2 3,1  10 9 8   R--D-----",
              "2 0 1    2 1 1    SSS------",
              "2 0 12,1 2 1 1    SSS------",
              "2 1 6,1  8 7 6    SD-------",
              "2 2 3,1  5 4 3    D--------",
              "2 2 3,1  11 10 9  D--------"),
          new int[][] {{1, 6, 11}},
          new int[][] {},
          new int[][] {{4, 9, 14}, {3, 8, 13}, {5, 10, 15}, {2, 7, 12}});

  /** §A.10.2.3: layers depend on each other at key pictures only, and step aside in time. */
  static final LayeredStream KEY_SHIFT =
      new LayeredStream(
          List.of(
              "0 0 -  0 0 0   SSSSSSSSS",
              "0 0 3  3 2 1   ------SSS",
              "0 0 12 12 8 1  ------SSS",
              "0 1 6  6 2 7   ------SD-",
              "0 2 3  3 5 4   ------D--",
              "0 2 3  9 5 10  ------D--",
              "0 2 3  3 11 4  ------D--",
              "1 0 1  1 1 1   SSSSSS---",
              "1 0 6  4 6 5   ---SSS---",
              "1 0 12 4 12 5  ---SSS---",
              "1 1 6  10 6 11 ---SD----",
              "1 2 3  1 3 2   ---D-----",
              "1 2 3  7 3 8   ---D-----",
              "1 2 3  1 9 2   ---D-----",
              "2 0 1  2 1 1   SSS------",
              "2 0 12 11 7 12 SSS------",
              "2 1 6  5 1 6   SD-------",
              "2 2 3  2 4 3   D--------",
              "2 2 3  8 4 9   D--------",
              "2 2 3  2 10 3  D--------"),
          new int[][] {{1, 8, 15}},
          new int[][] {{2, 12, 18}, {5, 9, 17}, {4, 13, 19}},
          new int[][] {{6, 11, 16}, {3, 14, 20}, {7, 10, 17}, {4, 13, 19}});

  private final List<String> templates;
  private final int[][] key;
  private final int[][] first;
  private final int[][] rest;
  private final CharSequence structure;

  private LayeredStream(List<String> templates, int[][] key, int[][] first, int[][] rest) {
    this.templates = templates;
    this.key = key;
    this.first = first;
    this.rest = rest;
    this.structure = structure();
  }

  /** The templates of a picture, so many behind its key picture. */
  int[] picture(int sinceKey) {
    if (sinceKey == 0) {
      return key[0];
    }
    int behind = sinceKey - 1;
    return behind < first.length ? first[behind] : rest[(behind - first.length) % rest.length];
  }

  /** The descriptor of a frame in one packet, with the structure or without. */
  byte[] descriptor(int template, int number, boolean withStructure) {
    Bits bits = new Bits();
    bits.put(0b11, 2).put(template - 1, 6).put(number & 0xFFFF, 16);
    if (withStructure) {
      bits.put(0b10000, 5).text.append(structure);
    }
    return bits.bytes();
  }

  private CharSequence structure() {
    Bits bits = new Bits();
    bits.put(0, 6).put(TARGETS - 1, 5);
    for (int i = 0; i < templates.size(); i++) {
      bits.put(i + 1 == templates.size() ? 3 : next(fields(i), fields(i + 1)), 2);
    }
    for (int i = 0; i < templates.size(); i++) {
      fields(i)[6].chars().forEach(c -> bits.put("-DSR".indexOf(c), 2));
    }
    for (int i = 0; i < templates.size(); i++) {
      for (String back : fields(i)[2].replace("-", "").split(",", -1)) {
        if (!back.isEmpty()) {
          bits.put(1, 1).put(Integer.parseInt(back) - 1, 4);
        }
      }
      bits.put(0, 1);
    }
    bits.put(CHAINS, 3); // ns(10)
    bits.put(0b11_11_11_10_10_10_0_0_0, 15); // ns(3): 2, 2, 2, 1, 1, 1, 0, 0, 0
    for (int i = 0; i < templates.size(); i++) {
      for (int chain = 0; chain < CHAINS; chain++) {
        bits.put(Integer.parseInt(fields(i)[3 + chain]), 4);
      }
    }
    bits.put(1, 1);
    for (int width = 320; width <= 1280; width *= 2) {
      bits.put(width - 1, 16).put(width * 9 / 16 - 1, 16);
    }
    return bits.text;
  }

  private static int next(String[] template, String[] following) {
    return !template[0].equals(following[0]) ? 2 : template[1].equals(following[1]) ? 0 : 1;
  }

  private String[] fields(int template) {
    return templates.get(template).split(" +", -1);
  }

  /** Bits, most significant first. */
  private static final class Bits {
    private final StringBuilder text = new StringBuilder();

    Bits put(int value, int count) {
      for (int i = count - 1; i >= 0; i--) {
        text.append(value >>> i & 1);
      }
      return this;
    }

    byte[] bytes() {
      byte[] bytes = new byte[(text.length() + 7) / 8];
      for (int i = 0; i < text.length(); i++) {
        bytes[i >> 3] |= (byte) ((text.charAt(i) - '0') << (7 - (i & 7)));
      }
      return bytes;
    }
  }
}
