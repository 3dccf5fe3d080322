package dev.amphi.composer.pictures;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.Corner;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.layout.Rect;
import dev.amphi.composer.lettering.Java2dLettering;
import dev.amphi.composer.scene.Content;
import dev.amphi.composer.scene.Director;
import dev.amphi.composer.scene.Label;
import dev.amphi.composer.scene.Look;
import dev.amphi.composer.scene.Scene;
import dev.amphi.composer.scene.Tile;
import dev.amphi.composer.scene.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Every layout, slate and label that there is a golden picture of, by its name. */
final class Takes {
  /** 640×360, what a golden picture is. */
  static final Canvas CANVAS = new Canvas(640, 360);

  private static final long SECOND = 1_000_000_000L;

  /** When all moves and lower thirds are over. */
  private static final long SETTLED = 60 * SECOND;

  private static final List<String> NAMES =
      List.of("Dr. Ada Byron", "Bob Noyce", "Chao Li", "Dana Öz", "Eve Ångström");

  /** Letters with a logo in a corner. */
  static final Java2dLettering MARKED = Cast.marked(Corner.TOP_RIGHT);

  private Takes() {}

  static Map<String, Scene> all() {
    Map<String, Scene> all = new LinkedHashMap<>();
    for (String layout : Composition.LAYOUTS) {
      if (!layout.equals(Composition.AUTO)) {
        all.put("layout-" + layout, layout(layout));
      }
    }
    all.put("layout-speaker-alone", people(1, false));
    all.put("lower-third", entrance("Dr. Ada Byron"));
    all.put("lower-third-going", going("Dr. Ada Byron"));
    all.put("slides-presentation_side", text());
    all.put("initials", initials());
    slates(all);
    marks(all);
    for (String language : Words.LANGUAGES) {
      words(all, language);
    }
    label(all, "latin", "Zoë Łukasiewicz-Þórsdóttir");
    label(all, "arabic", "محمد عبد الله الخوارزمي");
    label(all, "hebrew", "נעמי שפירא");
    label(all, "devanagari", "श्रीमती लक्ष्मी त्रिपाठी");
    label(all, "bengali", "শ্রী রবীন্দ্রনাথ");
    label(all, "tamil", "ஸ்ரீனிவாச இராமானுஜன்");
    label(all, "thai", "สมศักดิ์ ทองดี");
    label(all, "chinese", "王小明 (歐陽菲菲)");
    label(all, "japanese-korean", "𠮷田さくら · 김민준");
    label(all, "mixed", "Prof. Smith محمد علي (3A)");
    label(all, "emoji", "Ana 🎓👩‍🔬 ⭐");
    label(all, "long", "A name that is much longer than any tile has room for it, with titles");
    label(all, "long-arabic", "محمد بن موسى الخوارزمي القطربلي البغدادي صاحب كتاب الجبر والمقابلة");
    return all;
  }

  private static Scene layout(String id) {
    Director director = director(4, id.startsWith("presentation"));
    director.layout(id, "");
    return settled(director);
  }

  private static Scene people(int count, boolean share) {
    return settled(director(count, share));
  }

  private static Scene settled(Director director) {
    return settled(director, source -> true);
  }

  private static Scene settled(Director director, Predicate<String> live) {
    for (long now = 0; now < SETTLED; now += SECOND / 5) {
      director.shown(now, live);
    }
    return director.shown(SETTLED, live);
  }

  private static Scene entrance(String name) {
    Director director = new Director(CANVAS, "Optics");
    put(director, 0, name);
    director.shown(0, source -> true);
    return director.shown(3 * SECOND, source -> true);
  }

  /** On its way out, 250 ms after its time. */
  private static Scene going(String name) {
    Director director = new Director(CANVAS, "Optics");
    put(director, 0, name);
    director.shown(0, source -> true);
    director.shown(6 * SECOND, source -> true);
    return director.shown(6 * SECOND + SECOND / 4, source -> true);
  }

  /** A page of small text beside three people. */
  private static Scene text() {
    Director director = director(3, false);
    director.put(source("text", 0, NAMES.get(0), SourceSpec.Kind.SCREEN));
    director.layout("presentation_side", "");
    return settled(director);
  }

  private static void marks(Map<String, Scene> all) {
    Look look = new Look(MARKED.cornerMark(CANVAS), Words.ENGLISH);
    for (String layout : List.of("speaker", "grid", "side_by_side", "presentation_side")) {
      Director director = new Director(CANVAS, "Optics", look);
      cast(director, layout.equals("presentation_side") ? 3 : 4, layout.startsWith("pres"));
      director.layout(layout, "");
      all.put("mark-" + layout, settled(director));
    }
    Director alone = new Director(CANVAS, "Optics", look);
    put(alone, 0, NAMES.get(0));
    all.put("mark-alone", settled(alone));
    Director slate = new Director(CANVAS, "Optics: light in lenses", look);
    slate.slate(new Slate(Slate.Kind.BREAK, "10:45", 299 * SECOND));
    all.put("mark-slate", slate.shown(0, id -> true));
  }

  /** Somebody who has just come, told in that language, and the slate of a break. */
  private static void words(Map<String, Scene> all, String language) {
    Look look = new Look(Optional.empty(), Words.in(language));
    Director director = new Director(CANVAS, "Optics", look);
    director.slate(new Slate(Slate.Kind.BREAK, "10:45", 299 * SECOND));
    all.put("words-" + language + "-break", director.shown(0, id -> true));
    put(director, 0, "Dr. Ada Byron");
    director.shown(SECOND, id -> true);
    all.put("words-" + language + "-third", director.shown(3 * SECOND, id -> true));
  }

  private static Scene initials() {
    Director director = new Director(CANVAS, "Optics");
    List<String> names =
        List.of("Ada Augusta Byron", "محمد علي", "श्रीमती लक्ष्मी", "小明", "김 민준", "🙂");
    for (int i = 0; i < names.size(); i++) {
      put(director, i, names.get(i));
    }
    director.layout("grid", "");
    return settled(director, source -> false);
  }

  private static Director director(int people, boolean share) {
    Director director = new Director(CANVAS, "Optics");
    cast(director, people, share);
    return director;
  }

  private static void cast(Director director, int people, boolean share) {
    for (int i = 0; i < people; i++) {
      put(director, i, NAMES.get(i));
    }
    if (share) {
      director.put(source("slide", 0, NAMES.get(0), SourceSpec.Kind.SCREEN));
    }
  }

  private static void put(Director director, int who, String name) {
    director.put(source("p" + who, who, name, SourceSpec.Kind.CAMERA));
  }

  private static SourceSpec source(String id, int who, String name, SourceSpec.Kind kind) {
    String role = who == 0 ? "instructor" : "student";
    return new SourceSpec(id, "person" + who, name, role, kind, SourceSpec.Codec.VP8);
  }

  private static void slates(Map<String, Scene> all) {
    List<Slate> slates = new ArrayList<>();
    for (Slate.Kind kind : Slate.Kind.values()) {
      slates.add(Slate.of(kind));
    }
    slates.add(new Slate(Slate.Kind.BEGINS, "10:45", 754 * SECOND));
    slates.add(new Slate(Slate.Kind.BREAK, "10:45", 299 * SECOND));
    for (Slate slate : slates) {
      String name = slate.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
      Director director = new Director(CANVAS, "Optics: light in lenses");
      director.slate(slate);
      all.put(
          "slate-" + name + (slate.time().isEmpty() ? "" : "-at"), director.shown(0, id -> true));
    }
    int titles = 1;
    for (String title : List.of("数学：微积分入门", "مدخل إلى البصريات", "प्रकाशिकी")) {
      Director director = new Director(CANVAS, title);
      director.slate(new Slate(Slate.Kind.BREAK, "10:45", 299 * SECOND));
      all.put("slate-title-" + titles++, director.shown(0, id -> true));
    }
  }

  private static void label(Map<String, Scene> all, String script, String name) {
    Rect whole = new Rect(0, 0, CANVAS.width(), CANVAS.height());
    Label third = new Label(name, "Student", 32, 180, 96, 576, Tile.OPAQUE);
    Label band = new Label(name, 60, CANVAS.width());
    Content person = new Content.Video("p0", false);
    List<Tile> tiles =
        List.of(
            new Tile(whole, person, Optional.of(third)),
            new Tile(new Rect(0, 300, 640, 60), person, Optional.of(band)));
    all.put("label-" + script, new Scene(CANVAS, tiles));
  }
}
