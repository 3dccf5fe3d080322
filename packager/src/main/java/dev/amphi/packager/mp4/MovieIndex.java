package dev.amphi.packager.mp4;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the samples of a progressive MP4 are, read back from what {@link ProgressiveHeaderWriter}
 * wrote (ISO 14496-12 §8).
 */
public final class MovieIndex {
  /** A day and a half of 150 samples a second. */
  private static final int MOST_SAMPLES = 20_000_000;

  private final List<Track> tracks;

  private MovieIndex(List<Track> tracks) {
    this.tracks = tracks;
  }

  /** One track; samples are counted from 0, in decode order. */
  public static final class Track {
    private long delayTicks;
    private int timescale;
    private boolean video;
    private final List<TrackFormat> formats = new ArrayList<>();
    private int[] sizes = new int[0];
    private long[] starts = new long[1];
    private long[] offsets = new long[0];
    private byte[] coding = new byte[0];
    private int[] syncs = new int[0];

    public boolean video() {
      return video;
    }

    public int samples() {
      return sizes.length;
    }

    public int timescale() {
      return timescale;
    }

    /** Nothing is shown for so long at the start, in {@code MOVIE_TIMESCALE}. */
    public long delayTicks() {
      return delayTicks;
    }

    /** Start of a sample; of the one after the last, the end of the track. */
    public long startTicks(int sample) {
      return starts[sample];
    }

    public int durationTicks(int sample) {
      return (int) (starts[sample + 1] - starts[sample]);
    }

    public int size(int sample) {
      return sizes[sample];
    }

    /** From the beginning of the file. */
    public long offset(int sample) {
      return offsets[sample];
    }

    public TrackFormat format(int sample) {
      return formats.get(coding[sample]);
    }

    /** Whether decoding may begin here. */
    public boolean sync(int sample) {
      return !video || Arrays.binarySearch(syncs, sample + 1) >= 0;
    }
  }

  public List<Track> tracks() {
    return tracks;
  }

  /** Reads the content of a {@code moov} box; empty when it is none of ours. */
  public static Optional<MovieIndex> read(Bytes moov) {
    try {
      List<Track> tracks = new ArrayList<>();
      for (Found trak : boxes(moov)) {
        if (trak.code().equals("trak")) {
          tracks.add(new TrackReader().read(trak.content()));
        }
      }
      return tracks.isEmpty() ? Optional.empty() : Optional.of(new MovieIndex(List.copyOf(tracks)));
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | NegativeArraySizeException e) {
      return Optional.empty();
    }
  }

  private record Found(String code, Bytes content) {}

  private static List<Found> boxes(Bytes from) {
    List<Found> found = new ArrayList<>();
    int at = 0;
    while (at < from.length()) {
      ByteBuffer head = from.slice(at, at + Box.HEADER).toByteBuffer();
      int size = head.getInt();
      byte[] code = new byte[4];
      head.get(code);
      if (size < Box.HEADER) {
        throw new IllegalArgumentException("a box of " + size + " bytes");
      }
      found.add(
          new Found(
              new String(code, StandardCharsets.ISO_8859_1),
              from.slice(at + Box.HEADER, at + size)));
      at += size;
    }
    return found;
  }

  /** Goes through the boxes of one {@code trak}. */
  private static final class TrackReader {
    private static final int SAMPLE_ENTRY_VIDEO = 78;
    private static final int SAMPLE_ENTRY_SOUND = 28;

    private final Track track = new Track();
    private int[] durations = new int[0];
    private Bytes chunkRuns = Bytes.EMPTY;
    private long[] chunkOffsets = new long[0];
    private final List<Found> entries = new ArrayList<>();

    Track read(Bytes trak) {
      walk(trak);
      int count = track.sizes.length;
      if (durations.length != count || entries.isEmpty()) {
        throw new IllegalArgumentException("tables of different lengths");
      }
      entries.forEach(entry -> track.formats.add(format(entry)));
      track.starts = new long[count + 1];
      for (int i = 0; i < count; i++) {
        track.starts[i + 1] = track.starts[i] + durations[i];
      }
      place(count);
      return track;
    }

    private void walk(Bytes content) {
      for (Found box : boxes(content)) {
        ByteBuffer in = box.content().toByteBuffer();
        switch (box.code()) {
          case "mdia", "minf", "stbl", "edts" -> walk(box.content());
          case "hdlr" -> track.video = "vide".equals(code(in, 8));
          case "mdhd" -> track.timescale = in.getInt(20);
          case "elst" -> track.delayTicks = in.getInt(4) == 2 ? in.getLong(8) : 0;
          case "stsd" -> entries.addAll(boxes(box.content().slice(8, box.content().length())));
          case "stts" -> durations(in.position(4));
          case "stss" -> track.syncs = ints(in.position(4));
          case "stsc" -> chunkRuns = box.content().slice(4, box.content().length());
          case "stsz" -> track.sizes = ints(in.position(8));
          case "stco" -> {
            int[] narrow = ints(in.position(4));
            chunkOffsets = new long[narrow.length];
            Arrays.setAll(chunkOffsets, i -> narrow[i] & 0xffff_ffffL);
          }
          case "co64" -> {
            chunkOffsets = new long[count(in.position(4), Long.BYTES)];
            Arrays.setAll(chunkOffsets, i -> in.getLong());
          }
          default -> {
            // The rest says nothing about samples.
          }
        }
      }
    }

    private static int[] ints(ByteBuffer in) {
      int[] all = new int[count(in, Integer.BYTES)];
      Arrays.setAll(all, i -> in.getInt());
      return all;
    }

    private static int count(ByteBuffer in, int each) {
      int count = in.getInt();
      if (count < 0 || count > in.remaining() / each) {
        throw new IllegalArgumentException("a table of " + count + " entries");
      }
      return count;
    }

    private void durations(ByteBuffer in) {
      IntList all = new IntList();
      for (int runs = count(in, 8); runs > 0; runs--) {
        int samples = in.getInt();
        int ticks = in.getInt();
        if (samples < 0 || samples > MOST_SAMPLES - all.size() || ticks < 0) {
          throw new IllegalArgumentException("a run of " + samples + " samples");
        }
        for (int i = 0; i < samples; i++) {
          all.add(ticks);
        }
      }
      durations = new int[all.size()];
      Arrays.setAll(durations, all::get);
    }

    /** Where each sample is: chunk by chunk (§8.7.4). */
    private void place(int count) {
      track.offsets = new long[count];
      track.coding = new byte[count];
      ByteBuffer in = chunkRuns.toByteBuffer();
      int runs = count(in, 12);
      int sample = 0;
      for (int run = 0; run < runs; run++) {
        int first = in.getInt();
        int perChunk = in.getInt();
        int entry = in.getInt() - 1;
        int end = run + 1 < runs ? in.getInt(in.position()) : chunkOffsets.length + 1;
        if (entry < 0 || entry >= Math.min(track.formats.size(), Byte.MAX_VALUE)) {
          throw new IllegalArgumentException("sample entry " + entry);
        }
        for (int chunk = first; chunk < end; chunk++) {
          long at = chunkOffsets[chunk - 1];
          for (int i = 0; i < perChunk; i++, sample++) {
            track.offsets[sample] = at;
            track.coding[sample] = (byte) entry;
            at += track.sizes[sample];
          }
        }
      }
      if (sample != count) {
        throw new IllegalArgumentException(sample + " samples in chunks instead of " + count);
      }
    }

    private TrackFormat format(Found entry) {
      ByteBuffer in = entry.content().toByteBuffer();
      if (entry.code().equals("avc1")) {
        int width = Short.toUnsignedInt(in.getShort(24));
        int height = Short.toUnsignedInt(in.getShort(26));
        Bytes avcc = inner(entry, SAMPLE_ENTRY_VIDEO, "avcC");
        return new TrackFormat(true, width, height, 0, avcc, track.timescale);
      }
      if (!entry.code().equals("mp4a")) {
        throw new IllegalArgumentException("a sample entry " + entry.code());
      }
      // As SampleEntries wrote it: version, ES (5 bytes), decoder (15), its specific info.
      Bytes esds = inner(entry, SAMPLE_ENTRY_SOUND, "esds");
      int bitrate = esds.toByteBuffer().getInt(20);
      int length = esds.at(25);
      Bytes config = esds.slice(26, 26 + length);
      return new TrackFormat(false, 0, 0, bitrate, config, track.timescale);
    }

    private static Bytes inner(Found entry, int fields, String code) {
      return boxes(entry.content().slice(fields, entry.content().length())).stream()
          .filter(box -> box.code().equals(code))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no " + code))
          .content();
    }

    private static String code(ByteBuffer in, int at) {
      byte[] code = new byte[4];
      in.get(at, code);
      return new String(code, StandardCharsets.ISO_8859_1);
    }
  }
}
