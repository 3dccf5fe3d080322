package dev.amphi.server.token;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.UUID;

/** A name as it may be shown: trimmed, without control characters, at most 60 characters. */
public final class DisplayName {
  private static final int LONGEST = 60;

  private DisplayName() {}

  /** Cleans what somebody typed; empty when nothing is left. */
  public static String clean(String typed) {
    StringBuilder kept = new StringBuilder();
    typed.codePoints().filter(DisplayName::shows).limit(LONGEST).forEach(kept::appendCodePoint);
    return kept.toString().strip();
  }

  /** Control, formatting (bidirectional overrides too), private and broken characters are not. */
  private static boolean shows(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      // The zero-width joiner holds emoji and Indic letters together.
      case Character.FORMAT -> codePoint == 0x200D;
      default -> true;
    };
  }

  /** The participant's id that a name gives by default: {@code Ada Lovelace → ada-lovelace}. */
  public static String id(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    return plain.isEmpty()
        ? "p-"
            + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8)
        : plain.substring(0, Math.min(plain.length(), 48));
  }
}
