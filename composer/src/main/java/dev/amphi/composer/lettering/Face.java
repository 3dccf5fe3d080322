package dev.amphi.composer.lettering;

import java.lang.Character.UnicodeScript;
import java.util.List;

/** The fonts that come with the project, and the scripts that each is for. */
enum Face {
  SANS("NotoSans-Regular.ttf", UnicodeScript.LATIN, UnicodeScript.GREEK, UnicodeScript.CYRILLIC),
  SANS_BOLD("NotoSans-Bold.ttf"),
  ARABIC("NotoSansArabic-Regular.ttf", UnicodeScript.ARABIC),
  HEBREW("NotoSansHebrew-Regular.ttf", UnicodeScript.HEBREW),
  ARMENIAN("NotoSansArmenian-Regular.ttf", UnicodeScript.ARMENIAN),
  GEORGIAN("NotoSansGeorgian-Regular.ttf", UnicodeScript.GEORGIAN),
  DEVANAGARI("NotoSansDevanagari-Regular.ttf", UnicodeScript.DEVANAGARI),
  BENGALI("NotoSansBengali-Regular.ttf", UnicodeScript.BENGALI),
  GURMUKHI("NotoSansGurmukhi-Regular.ttf", UnicodeScript.GURMUKHI),
  GUJARATI("NotoSansGujarati-Regular.ttf", UnicodeScript.GUJARATI),
  ORIYA("NotoSansOriya-Regular.ttf", UnicodeScript.ORIYA),
  TAMIL("NotoSansTamil-Regular.ttf", UnicodeScript.TAMIL),
  TELUGU("NotoSansTelugu-Regular.ttf", UnicodeScript.TELUGU),
  KANNADA("NotoSansKannada-Regular.ttf", UnicodeScript.KANNADA),
  MALAYALAM("NotoSansMalayalam-Regular.ttf", UnicodeScript.MALAYALAM),
  SINHALA("NotoSansSinhala-Regular.ttf", UnicodeScript.SINHALA),
  THAI("NotoSansThai-Regular.ttf", UnicodeScript.THAI),
  LAO("NotoSansLao-Regular.ttf", UnicodeScript.LAO),
  KHMER("NotoSansKhmer-Regular.ttf", UnicodeScript.KHMER),
  MYANMAR("NotoSansMyanmar-Regular.ttf", UnicodeScript.MYANMAR),
  ETHIOPIC("NotoSansEthiopic-Regular.ttf", UnicodeScript.ETHIOPIC),
  CJK(
      "NotoSansCJK.otf",
      UnicodeScript.HAN,
      UnicodeScript.HIRAGANA,
      UnicodeScript.KATAKANA,
      UnicodeScript.HANGUL,
      UnicodeScript.BOPOMOFO),
  EMOJI("NotoEmoji-Regular.ttf");

  private final String file;

  @SuppressWarnings("ImmutableEnumChecker") // what List.of makes never changes
  private final List<UnicodeScript> scripts;

  Face(String file, UnicodeScript... scripts) {
    this.file = file;
    this.scripts = List.of(scripts);
  }

  String file() {
    return file;
  }

  boolean isFor(UnicodeScript script) {
    return scripts.contains(script);
  }
}
