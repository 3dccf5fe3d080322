package dev.amphi.packager.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Composes a class again from the tracks of its recording. Whoever joins the modules brings one:
 * nothing is decoded here.
 */
public interface TrackComposer {
  /** Where nobody composes. */
  TrackComposer NONE =
      new TrackComposer() {
        @Override
        public Optional<String> refusal(Show show, List<Track> tracks) {
          return Optional.of("This node composes nothing.");
        }

        @Override
        public void compose(Order order, Output output) throws IOException {
          throw new IOException("this node composes nothing");
        }
      };

  /** What is to be seen; everybody is heard. */
  enum Show {
    /** The shared screens alone. */
    SLIDES,
    /** Who teaches, alone. */
    TEACHER;

    /** The name used in JSON. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that name. */
    public static Optional<Show> named(String wireName) {
      for (Show show : values()) {
        if (show.wireName().equals(wireName)) {
          return Optional.of(show);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * What one source sent.
   *
   * @param role of its participant; "" where an earlier version recorded it
   * @param kind {@code microphone, camera, screen} or {@code screen_audio}
   * @param codec {@code opus, vp8, vp9, av1} or {@code h264}
   * @param startMs where its first frame stands in the movie
   * @param endMs where it has ended
   * @param width in pixels, of its largest picture; 0 for sound
   */
  record Track(
      int number,
      String participantId,
      String name,
      String role,
      String kind,
      String codec,
      long startMs,
      long endMs,
      int width) {}

  /**
   * A frame as it came over the network.
   *
   * @param atMs when the movie shows it
   * @param durationMs how long it sounds, where it says so itself; 0 otherwise
   * @param key whether decoding can start here
   */
  record Frame(long atMs, int durationMs, boolean key, ByteBuffer payload) {}

  /** The frames of one track. For one thread. */
  interface Frames extends AutoCloseable {
    /** The next one; empty at the end, also where the rest is damaged. Blocks on the disk. */
    Optional<Frame> next() throws IOException;

    @Override
    void close();
  }

  /** Opens tracks. */
  interface Library {
    Frames open(Track track) throws IOException;
  }

  /**
   * What is to be made.
   *
   * @param durationMs of the movie: it is to be as long
   * @param stop ends it
   */
  record Order(
      String roomId,
      String title,
      Show show,
      long durationMs,
      List<Track> tracks,
      Library library,
      Stop stop) {
    public Order {
      tracks = List.copyOf(tracks);
    }
  }

  /** Takes what is made, in decode order; from one thread at a time. */
  interface Output {
    /**
     * How the picture is coded, or the sound; before its first sample.
     *
     * @param config avcC content or AudioSpecificConfig; copied
     */
    void format(
        boolean video, int width, int height, int bitrateBps, ByteBuffer config, int timescale);

    /** One coded access unit that follows the one before; the payload is copied. */
    void sample(boolean video, ByteBuffer payload, int durationTicks, boolean sync);
  }

  /** Why nothing can be made of these tracks, in a sentence; empty where something can. */
  Optional<String> refusal(Show show, List<Track> tracks);

  /**
   * Makes it; returns when all of it was given out.
   *
   * @throws IOException when that failed, or it was stopped; says why in words that go on a
   *     sentence
   */
  void compose(Order order, Output output) throws IOException, InterruptedException;
}
