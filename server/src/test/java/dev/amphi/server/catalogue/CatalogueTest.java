package dev.amphi.server.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.api.RecordingView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
  private static final Instant NINE = Instant.parse("2026-11-21T09:00:00Z");
  private static final Wanted ALL = wanted(Wanted.MOST, Optional.empty());

  private static Wanted wanted(int limit, Optional<Place> after) {
    return new Wanted(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "", limit, after);
  }

  private static Wanted saying(String words) {
    return new Wanted(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        words,
        Wanted.MOST,
        Optional.empty());
  }

  private static RecordingView recording(String room, String id, String title, long minute) {
    return new RecordingView(id, room, "ready", 60, "", "")
        .kept(
            new RecordingView.Kept(
                NINE.plusSeconds(60 * minute), false, false, null, null, title, true));
  }

  private static List<String> ids(Catalogue.Page page) {
    return page.recordings().stream().map(RecordingView::id).toList();
  }

  @Test
  void theNewestIsFirstWhateverTheOrderInWhichTheyCome() {
    List<RecordingView> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(recording("r" + i % 3, "id" + i, "", i));
    }
    List<String> sorted = ids(Catalogue.page(all, ALL));
    assertThat(sorted).hasSize(20).startsWith("id19", "id18").endsWith("id0");
    Collections.shuffle(all, new Random(7));
    assertThat(ids(Catalogue.page(all, ALL))).isEqualTo(sorted);
  }

  @Test
  void pagesHaveEachOnceThoughSomeComeAndGoMeanwhile() {
    List<RecordingView> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(recording("r", "id" + i, "", i / 3)); // Three at the same moment.
    }
    List<String> seen = new ArrayList<>();
    Optional<Place> after = Optional.empty();
    do {
      Catalogue.Page page = Catalogue.page(all, wanted(3, after));
      seen.addAll(ids(page));
      after = page.next();
      all.add(recording("r", "new" + seen.size(), "", 100));
      all.removeIf(view -> view.id().equals(seen.getLast())); // Where the cursor points.
    } while (after.isPresent());
    assertThat(seen).hasSize(10).doesNotHaveDuplicates().allMatch(id -> id.startsWith("id"));
  }

  @Test
  void aFullLastPageIsTheLast() {
    List<RecordingView> all = List.of(recording("r", "a", "", 0), recording("r", "b", "", 1));
    assertThat(Catalogue.page(all, wanted(2, Optional.empty())).next()).isEmpty();
    assertThat(Catalogue.page(all, wanted(1, Optional.empty())).next()).isPresent();
    assertThat(Catalogue.page(List.of(), ALL).next()).isEmpty();
  }

  @Test
  void whatWasAskedForIsThereAndNothingElse() {
    List<RecordingView> all =
        List.of(
            recording("optics", "a", "Über Linsen", 0),
            recording("optics", "b", "Spiegel", 10),
            recording("history", "c", "Linsen im Mittelalter", 20));
    assertThat(ids(Catalogue.page(all, saying("LINSEN")))).containsExactly("c", "a");
    assertThat(ids(Catalogue.page(all, saying("linsen uber")))).containsExactly("a");
    assertThat(ids(Catalogue.page(all, saying("optics")))).containsExactly("b", "a");
    assertThat(ids(Catalogue.page(all, saying("  ")))).hasSize(3);
    Wanted some =
        new Wanted(
            Optional.of("optics"),
            Optional.of("ready"),
            Optional.of(NINE.plusSeconds(600)),
            Optional.of(NINE.plusSeconds(1200)),
            "",
            10,
            Optional.empty());
    assertThat(ids(Catalogue.page(all, some))).containsExactly("b");
  }

  @Test
  void oneThatNeverHadAFolderStandsLast() {
    RecordingView failed = new RecordingView("f", "r", "failed", 0, "", "The disk was full.");
    assertThat(ids(Catalogue.page(List.of(failed, recording("r", "a", "", 0)), ALL)))
        .containsExactly("a", "f");
  }

  @Test
  void aCursorIsReadBackAndAnythingElseIsNone() {
    Place place = new Place(NINE, "room", "20261121-090000-1");
    assertThat(Place.of(place.cursor())).contains(place);
    assertThat(place.cursor()).matches("[A-Za-z0-9_-]+");
    for (String wrong : List.of("", "x", "AAAA", "%%%", "YQpiCmM")) {
      assertThat(Place.of(wrong)).as(wrong).isEmpty();
    }
  }
}
