package dev.amphi.server.load.hls;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows one rendition: blocking reload, then whatever is new, again and again until the end. Runs
 * on a thread of its own.
 */
final class RenditionLoader {
  private static final long RETRY_MILLIS = 300;

  private final Fetcher fetcher;
  private final URI playlistUri;
  private final int track;
  private final Playback playback;
  private final FaultLog faults;
  private final @Nullable SampleListener listener;
  private final RenditionCursor cursor = new RenditionCursor();
  private String initUri = "";
  private int timescale = 1;

  RenditionLoader(
      Fetcher fetcher,
      URI playlistUri,
      int track,
      Playback playback,
      FaultLog faults,
      @Nullable SampleListener listener) {
    this.fetcher = fetcher;
    this.playlistUri = playlistUri;
    this.track = track;
    this.playback = playback;
    this.faults = faults;
    this.listener = listener;
  }

  /** Loads until the playlist ends or the thread is interrupted. */
  void run() {
    URI next = playlistUri;
    try {
      while (true) {
        MediaPlaylist playlist = reload(next);
        if (playlist == null) {
          next = playlistUri;
          Thread.sleep(RETRY_MILLIS);
          continue;
        }
        playback.edge(playlist);
        for (RenditionCursor.Load load : cursor.take(playlist)) {
          load(load);
        }
        if (playlist.ended()) {
          return;
        }
        next = nextReload(playlist);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the viewer leaves
    } finally {
      if (listener != null) {
        listener.ended();
      }
    }
  }

  private @Nullable MediaPlaylist reload(URI uri) throws InterruptedException {
    try {
      return MediaPlaylistParser.parse(fetcher.text(uri));
    } catch (FetchException | PlaylistException e) {
      faults.add(e);
      return null;
    }
  }

  /** RFC 8216bis §6.2.5.2: ask for what is not there yet; without blocking, wait half a target. */
  private URI nextReload(MediaPlaylist playlist) throws InterruptedException {
    if (!playlist.blocking() || playlist.segments().isEmpty()) {
      Thread.sleep(Math.min(playlist.targetNanos() / 2_000_000, 1_000));
      return playlistUri;
    }
    MediaPlaylist.Cursor next = playlist.next();
    String query = "_HLS_msn=" + next.sequence() + "&_HLS_part=" + next.part();
    return URI.create(playlistUri + (playlistUri.getQuery() == null ? "?" : "&") + query);
  }

  private void load(RenditionCursor.Load load) throws InterruptedException {
    try {
      if (!load.initUri().equals(initUri)) {
        init(load.initUri());
      }
      ByteBuffer bytes = fetcher.bytes(playlistUri.resolve(load.uri()));
      List<Fragment.MediaSample> samples = Fragment.parse(bytes);
      if (listener != null && !samples.isEmpty()) {
        give(listener, samples, load.startNanos());
      }
      playback.buffered(track, load);
    } catch (FetchException | MediaException e) {
      faults.add(e);
    }
  }

  private void init(String uri) throws FetchException, MediaException, InterruptedException {
    InitSegment init = InitSegment.parse(fetcher.bytes(playlistUri.resolve(uri)));
    timescale = init.timescale();
    initUri = uri;
    if (listener != null) {
      listener.format(init.avcConfig());
    }
  }

  private void give(SampleListener to, List<Fragment.MediaSample> samples, long startNanos) {
    long first = samples.getFirst().timeTicks();
    for (Fragment.MediaSample sample : samples) {
      long offset = (sample.timeTicks() - first) * 1_000_000_000L / timescale;
      to.sample(sample.data(), startNanos + offset, sample.sync());
    }
  }
}
