package dev.amphi.server.load.hls;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who watches a class: follows the pictures and the sound on two virtual threads and plays
 * them against the clock. One who decodes is told when each marked moment is shown.
 */
public final class HlsViewer implements AutoCloseable {
  private final Fetcher fetcher;
  private final URI uri;
  private final LongSupplier nanoTime;
  private final FaultLog faults = new FaultLog();
  private final List<Thread> threads = new ArrayList<>();
  private @Nullable Playback playback;

  /**
   * Prepares a viewer.
   *
   * @param uri of the multivariant playlist
   * @param nanoTime monotonic
   */
  public HlsViewer(Fetcher fetcher, URI uri, LongSupplier nanoTime) {
    this.fetcher = fetcher;
    this.uri = uri;
    this.nanoTime = nanoTime;
  }

  /** What a viewer who decodes does with pictures and moments. */
  public interface Watching extends SampleListener {
    /** The moment that was marked is on the screen, at a monotonic time. */
    void shown(long mark, long shownNanos);
  }

  /** Plays the best rendition, without decoding it. */
  public void start() {
    start(null);
  }

  /** Plays, and decodes the smallest rendition when somebody is watching. */
  public synchronized void start(@Nullable Watching watching) {
    threads.add(Thread.ofVirtual().name("viewer").start(() -> begin(watching)));
  }

  /** Asks to be told when a moment is shown; to be called for a sample before it returns. */
  public void mark(long mediaNanos, long mark) {
    Playback current = playback();
    if (current != null) {
      current.mark(mediaNanos, mark);
    }
  }

  private synchronized @Nullable Playback playback() {
    return playback;
  }

  private void begin(@Nullable Watching watching) {
    try {
      MultivariantPlaylist program = MultivariantPlaylist.parse(fetcher.text(uri));
      if (program.variants().isEmpty()) {
        throw new PlaylistException("no rendition with pictures in " + uri.getPath());
      }
      follow(program, watching);
    } catch (FetchException | PlaylistException e) {
      faults.add(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // left before it began
    }
  }

  private synchronized void follow(MultivariantPlaylist program, @Nullable Watching watching) {
    boolean apart = !program.audioUri().isEmpty();
    Playhead.Screen screen = watching == null ? (mark, nanos) -> {} : watching::shown;
    Playback play = new Playback(apart ? 2 : 1, nanoTime, screen);
    playback = play;
    List<MultivariantPlaylist.Variant> variants = program.variants();
    String pictures = (watching == null ? variants.getFirst() : variants.getLast()).uri();
    track(new RenditionLoader(fetcher, uri.resolve(pictures), 0, play, faults, watching));
    if (apart) {
      track(new RenditionLoader(fetcher, uri.resolve(program.audioUri()), 1, play, faults, null));
    }
  }

  private void track(RenditionLoader loader) {
    threads.add(Thread.ofVirtual().name("viewer-track").start(loader::run));
  }

  /** How it goes so far. */
  public ViewerReport report() {
    Playback current = playback();
    return current == null
        ? new ViewerReport(-1, 0, 0, faults.count(), faults.last())
        : current.report(faults.count(), faults.last());
  }

  /** Leaves. */
  @Override
  public synchronized void close() {
    threads.forEach(Thread::interrupt);
  }
}
