package dev.amphi.server.slides;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Decides where a recording's chapters begin: with a page that stays up for three seconds, and with
 * the first stroke on something that was not drawn on before. Only while it is being recorded; what
 * is up when that begins is its first chapter. Pure.
 */
public final class Chapters {
  /** What is leafed through is no chapter. */
  public static final Duration SETTLED = Duration.ofSeconds(3);

  private record Begun(String key, String title, Instant at) {}

  private final BiConsumer<Instant, String> sink;
  private final Set<String> drawnOn = new HashSet<>();
  private Optional<Begun> pending = Optional.empty();
  private Optional<Begun> up = Optional.empty();
  private boolean recording;

  /**
   * @param sink takes each chapter's instant and title
   */
  public Chapters(BiConsumer<Instant, String> sink) {
    this.sink = sink;
  }

  /** The recording begins or ends. */
  public void recording(boolean on, Instant now) {
    if (on == recording) {
      return;
    }
    if (on) {
      recording = true;
      drawnOn.clear();
      pending = up.map(page -> new Begun(page.key, page.title, now));
    } else {
      poll(now);
      recording = false;
      pending = Optional.empty();
    }
  }

  /**
   * A page is up.
   *
   * @param key tells it from every other
   */
  public void page(String key, String title, Instant now) {
    if (up.map(Begun::key).equals(Optional.of(key))) {
      return;
    }
    poll(now);
    up = Optional.of(new Begun(key, title, now));
    pending = recording ? up : Optional.empty();
  }

  /** The slides were taken down. */
  public void noPage(Instant now) {
    poll(now);
    up = Optional.empty();
    pending = Optional.empty();
  }

  /** Somebody draws on something that is no page. */
  public void drawn(String surface, String title, Instant now) {
    if (recording && drawnOn.add(surface)) {
      sink.accept(now, title);
    }
  }

  /** Tells what has been up for long enough. */
  public void poll(Instant now) {
    pending
        .filter(page -> !now.isBefore(page.at.plus(SETTLED)))
        .ifPresent(
            page -> {
              sink.accept(page.at, page.title);
              pending = Optional.empty();
            });
  }
}
