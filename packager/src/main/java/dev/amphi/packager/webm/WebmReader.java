package dev.amphi.packager.webm;

import dev.amphi.packager.mp4.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the frames of a file that {@link WebmHeader} and {@link Cluster} wrote, from its beginning
 * to its end. It knows what these write and nothing else: whatever is not so is damage, of which it
 * says the place. Each length is compared with what is left before it is believed, and of the file
 * no more is in memory than one frame and a window. For one thread.
 *
 * @param <E> what reading the file may fail with
 */
public final class WebmReader<E extends Exception> {
  /** A longer frame is none of ours. */
  public static final int LONGEST_FRAME = 3 << 20;

  private static final int WINDOW = 64 << 10;
  private static final int EBML = 0x1A45DFA3;
  private static final int SEGMENT = 0x18538067;
  private static final int SEEK_HEAD = 0x114D9B74;
  private static final int INFO = 0x1549A966;
  private static final int TRACKS = 0x1654AE6B;
  private static final int CUES = 0x1C53BB6B;
  private static final int CLUSTER = 0x1F43B675;
  private static final int TRACK_ENTRY = 0xAE;
  private static final int CODEC_ID = 0x86;
  private static final int TIMESTAMP = 0xE7;
  private static final int SIMPLE_BLOCK = 0xA3;
  private static final int BLOCK_HEAD = 4;
  private static final int KEY = 0x80;
  private static final int MOST_TRACKS_BYTES = 1 << 20;
  private static final long LONGEST_TIME_MS = 366L * 24 * 3_600_000;

  /** A file of which any part can be read. */
  public interface File<E extends Exception> {
    long length();

    /** Some bytes from a place on, at least one where there are any; none behind the end. */
    ByteBuffer read(long at, int most) throws E;
  }

  /** A file is not what was written. */
  public static final class Damage extends Exception {
    private static final long serialVersionUID = 1L;

    Damage(String sentence) {
      super(sentence);
    }
  }

  private final File<E> file;
  private final TrackCodec codec;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowAt;
  private long at;
  private long clusterEnd;
  private long clusterMs;
  private long lastMs;

  private WebmReader(File<E> file, TrackCodec codec) {
    this.file = file;
    this.codec = codec;
  }

  /**
   * Reads what stands before the first frame.
   *
   * @param codec that its only track must have
   * @throws Damage when it is not what was written; says where
   */
  public static <E extends Exception> WebmReader<E> open(File<E> file, TrackCodec codec)
      throws E, Damage {
    WebmReader<E> reader = new WebmReader<>(file, codec);
    reader.head();
    return reader;
  }

  /**
   * The next frame; empty at the end.
   *
   * @throws Damage when it is not what was written; says where
   */
  public Optional<Cluster.Frame> next() throws E, Damage {
    while (at == clusterEnd) {
      if (at == file.length()) {
        return Optional.empty();
      }
      clusterEnd = element(CLUSTER, file.length());
      require(element(TIMESTAMP, clusterEnd) - at == Long.BYTES, "a cluster's time");
      clusterMs = number(Long.BYTES);
      require(clusterMs >= lastMs && clusterMs <= LONGEST_TIME_MS, "a cluster's time");
      lastMs = clusterMs;
    }
    long begins = at;
    long end = element(SIMPLE_BLOCK, clusterEnd);
    long length = end - at - BLOCK_HEAD;
    require(length >= 0 && length <= LONGEST_FRAME, "a frame's length");
    require(number(1) == (0x80 | TrackEntry.NUMBER), "a frame's track");
    long distance = number(2);
    long atMs = clusterMs + distance;
    long flags = number(1);
    if (distance > Cluster.LONGEST_MS || atMs < lastMs || (flags & ~KEY) != 0) {
      at = begins;
      throw damaged("a frame's head");
    }
    lastMs = atMs;
    return Optional.of(new Cluster.Frame(atMs, (flags & KEY) != 0, bytes((int) length)));
  }

  private void head() throws E, Damage {
    at = element(EBML, file.length());
    long end = element(SEGMENT, file.length());
    require(end == file.length(), "its length");
    at = element(SEEK_HEAD, end);
    at = element(INFO, end);
    long tracks = element(TRACKS, end);
    require(tracks - at <= MOST_TRACKS_BYTES, "its tracks");
    track(tracks);
    at = element(CUES, end);
    clusterEnd = at;
  }

  /** The only track's coding is the one that is expected; the rest of it says nothing to us. */
  private void track(long end) throws E, Damage {
    require(element(TRACK_ENTRY, end) == end, "its only track");
    boolean found = false;
    while (at < end) {
      long id = id();
      long next = size(end);
      if (id == CODEC_ID) {
        require(next - at <= 64, "its coding");
        byte[] name = bytes((int) (next - at)).toByteArray();
        require(new String(name, StandardCharsets.US_ASCII).equals(codec.codecId()), "its coding");
        found = true;
      }
      at = next;
    }
    require(found, "its coding");
  }

  /** Goes into an element that must be here; tells where it ends. */
  private long element(int wanted, long within) throws E, Damage {
    long begins = at;
    if (id() != Integer.toUnsignedLong(wanted)) {
      at = begins;
      throw damaged("another element than the one that should be here");
    }
    return size(within);
  }

  /** Its first bits say how long an id is (RFC 8794 §5). */
  private long id() throws E, Damage {
    int first = peek();
    int length = Integer.numberOfLeadingZeros(first) - 23;
    require(first != 0 && length <= 4, "an element's name");
    return number(length);
  }

  /** Reads a size and tells where what has it ends. */
  private long size(long within) throws E, Damage {
    int first = peek();
    require(first != 0, "a length");
    int length = Integer.numberOfLeadingZeros(first) - 23;
    long size = number(length) & ((1L << (7 * length)) - 1);
    require(size <= within - at, "a length");
    return at + size;
  }

  private int peek() throws E, Damage {
    fill();
    return window.get((int) (at - windowAt)) & 0xff;
  }

  private long number(int length) throws E, Damage {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | peek();
      at++;
    }
    return value;
  }

  private Bytes bytes(int length) throws E, Damage {
    byte[] all = new byte[length];
    for (int done = 0; done < length; ) {
      fill();
      int from = (int) (at - windowAt);
      int some = Math.min(length - done, window.limit() - from);
      window.get(from, all, done, some);
      done += some;
      at += some;
    }
    return Bytes.wrap(all);
  }

  /** Sees to it that the byte at which it is can be looked at. */
  private void fill() throws E, Damage {
    if (at >= windowAt && at - windowAt < window.limit()) {
      return;
    }
    window = file.read(at, WINDOW).slice();
    windowAt = at;
    if (window.limit() == 0) {
      throw damaged("its end, too early");
    }
  }

  private void require(boolean so, String what) throws Damage {
    if (!so) {
      throw damaged(what);
    }
  }

  private Damage damaged(String what) {
    return new Damage("at byte " + at + " there is not what was written (" + what + ")");
  }
}
