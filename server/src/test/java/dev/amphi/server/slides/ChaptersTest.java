package dev.amphi.server.slides;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaptersTest {
  private final List<String> told = new ArrayList<>();
  private final Chapters chapters =
      new Chapters((at, title) -> told.add(at.getEpochSecond() + " " + title));

  private static Instant at(double seconds) {
    return Instant.ofEpochMilli(Math.round(seconds * 1000));
  }

  @Test
  void aPageThatStaysIsAChapterFromItsTurnOn() {
    chapters.recording(true, at(0));
    chapters.page("d/1", "Lenses", at(1));
    chapters.poll(at(3.9));
    assertThat(told).isEmpty();
    chapters.poll(at(4));
    chapters.poll(at(5));
    assertThat(told).containsExactly("1 Lenses");
  }

  @Test
  void whatIsLeafedThroughIsNone() {
    chapters.recording(true, at(0));
    chapters.page("d/1", "One", at(1));
    chapters.page("d/2", "Two", at(2));
    chapters.page("d/3", "Three", at(3));
    chapters.page("d/4", "Four", at(10));
    assertThat(told).containsExactly("3 Three");
  }

  @Test
  void whatIsUpWhenTheRecordingBeginsIsItsFirst() {
    chapters.page("d/5", "Five", at(1));
    chapters.poll(at(9));
    assertThat(told).isEmpty();
    chapters.recording(true, at(20));
    chapters.poll(at(23));
    chapters.recording(false, at(30));
    chapters.page("d/6", "Six", at(31));
    chapters.poll(at(40));
    assertThat(told).containsExactly("20 Five");
  }

  @Test
  void theFirstStrokeOnSomethingNewIsOne() {
    chapters.drawn("sheet", "Sheet", at(1));
    chapters.recording(true, at(2));
    chapters.drawn("sheet", "Sheet", at(3));
    chapters.drawn("sheet", "Sheet", at(4));
    chapters.drawn("screen", "Drawing", at(5));
    assertThat(told).containsExactly("3 Sheet", "5 Drawing");
  }

  @Test
  void slidesThatAreTakenDownAtOnceAreNone() {
    chapters.recording(true, at(0));
    chapters.page("d/1", "One", at(1));
    chapters.noPage(at(2));
    chapters.poll(at(9));
    assertThat(told).isEmpty();
  }
}
