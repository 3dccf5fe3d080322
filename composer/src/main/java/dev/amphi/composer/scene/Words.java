package dev.amphi.composer.scene;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What the program itself says, in one language: {@code words_<language>.properties} beside this
 * class, UTF-8.
 */
public final class Words {
  /** The languages that there are (ISO 639-1), the fallback first. */
  public static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "ar", "hi", "zh");

  /** For who says nothing. */
  public static final Words ENGLISH = in("en");

  private static final String PROPERTY = "amphi.language";

  private final Map<String, String> phrases;

  private Words(Map<String, String> phrases) {
    this.phrases = phrases;
  }

  /** Those of one of {@link #LANGUAGES}. */
  public static Words in(String language) {
    try (InputStream in = Words.class.getResourceAsStream("words_" + language + ".properties")) {
      if (in == null) {
        throw new IllegalArgumentException("There are no words in the language " + language);
      }
      Properties all = new Properties();
      all.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return new Words(
          all.stringPropertyNames().stream()
              .collect(Collectors.toUnmodifiableMap(key -> key, all::getProperty)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The option of the Java machine that tells a child its language. */
  public static String option(String language) {
    return "-D" + PROPERTY + "=" + language;
  }

  /** Those that this process was told of. */
  public static Words ofThisProcess() {
    return in(System.getProperty(PROPERTY, "en"));
  }

  /** A phrase; there is one for each key that the program uses. */
  String of(String key) {
    return Objects.requireNonNull(phrases.get(key), key);
  }

  /** A phrase that names a time. */
  String of(String key, String time) {
    return of(key).replace("{time}", time);
  }

  /** The role as the audience calls it, never empty. */
  String role(String role) {
    return phrases.getOrDefault("role." + role, of("role.guest")); // somebody of the audience
  }

  /** A page that has no title of its own. */
  public String slide(int page) {
    return of("slide").replace("{page}", String.valueOf(page));
  }

  /** The empty sheet that a class draws on. */
  public String sheet() {
    return of("sheet");
  }

  /** What is drawn over somebody's screen. */
  public String drawing() {
    return of("drawing");
  }

  /** What there is a phrase for. */
  java.util.Set<String> keys() {
    return phrases.keySet();
  }
}
