package dev.amphi.packager.mp4;

import java.util.ArrayList;
import java.util.List;

/**
 * The index of one track of a progressive MP4 (ISO 14496-12 §8.5–8.7), gathered chunk by chunk.
 * Samples are told in decode order; a chunk is a run of samples that lie together in the file.
 */
public final class SampleTable {
  private final List<TrackFormat> formats = new ArrayList<>();
  private final IntList durations = new IntList();
  private final IntList sizes = new IntList();
  private final IntList syncNumbers = new IntList();
  private final List<Chunk> chunks = new ArrayList<>();
  private long durationTicks;

  private record Chunk(long offset, int firstSample, int formatIndex) {}

  /** Begins a chunk at an offset from the start of the media data. */
  public void beginChunk(TrackFormat format, long offset) {
    int index = formats.indexOf(format);
    if (index < 0) {
      index = formats.size();
      formats.add(format);
    }
    chunks.add(new Chunk(offset, sizes.size(), index));
  }

  /** Adds a sample to the chunk that was begun last. */
  public void addSample(int size, int sampleDurationTicks, boolean sync) {
    sizes.add(size);
    durations.add(sampleDurationTicks);
    durationTicks += sampleDurationTicks;
    if (sync) {
      syncNumbers.add(sizes.size());
    }
  }

  /** Shows the last sample longer, so that the next one comes in time. */
  public void stretchLast(int moreTicks) {
    durations.addToLast(moreTicks);
    durationTicks += moreTicks;
  }

  public boolean isEmpty() {
    return sizes.size() == 0;
  }

  /** The end of the last sample. */
  public long durationTicks() {
    return durationTicks;
  }

  /** The first format; the track's handler and timescale. */
  TrackFormat format() {
    return formats.getFirst();
  }

  /** The table with the media data beginning at an absolute offset. */
  Box stbl(long mediaStart, boolean wide) {
    Fields fields = new Fields().box(stsd(formats)).box(stts());
    if (format().video()) {
      fields.box(stss());
    }
    return Box.of("stbl", fields.box(stsc()).box(stsz()).box(chunkOffsets(mediaStart, wide)));
  }

  /** The table of a track whose samples are all in fragments. */
  static Box empty(TrackFormat format) {
    return Box.of(
        "stbl",
        stsd(List.of(format)),
        Box.full("stts", 0, 0, new Fields().u32(0)),
        Box.full("stsc", 0, 0, new Fields().u32(0)),
        Box.full("stsz", 0, 0, new Fields().u32(0).u32(0)),
        Box.full("stco", 0, 0, new Fields().u32(0)));
  }

  private static Box stsd(List<TrackFormat> formats) {
    Fields fields = new Fields().u32(formats.size());
    formats.forEach(format -> fields.box(SampleEntries.entry(format)));
    return Box.full("stsd", 0, 0, fields);
  }

  private Box stts() {
    Fields runs = new Fields();
    int count = 0;
    int i = 0;
    while (i < durations.size()) {
      int from = i;
      while (i < durations.size() && durations.get(i) == durations.get(from)) {
        i++;
      }
      runs.u32(i - from).u32(durations.get(from));
      count++;
    }
    return Box.full("stts", 0, 0, new Fields().u32(count).bytes(Bytes.wrap(runs.toByteArray())));
  }

  private Box stss() {
    Fields fields = new Fields().u32(syncNumbers.size());
    for (int i = 0; i < syncNumbers.size(); i++) {
      fields.u32(syncNumbers.get(i));
    }
    return Box.full("stss", 0, 0, fields);
  }

  private Box stsc() {
    Fields runs = new Fields();
    int count = 0;
    int previousSamples = -1;
    int previousFormat = -1;
    for (int i = 0; i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      int end = i + 1 < chunks.size() ? chunks.get(i + 1).firstSample : sizes.size();
      int samples = end - chunk.firstSample;
      if (samples != previousSamples || chunk.formatIndex != previousFormat) {
        runs.u32(i + 1).u32(samples).u32(chunk.formatIndex + 1);
        count++;
        previousSamples = samples;
        previousFormat = chunk.formatIndex;
      }
    }
    return Box.full("stsc", 0, 0, new Fields().u32(count).bytes(Bytes.wrap(runs.toByteArray())));
  }

  private Box stsz() {
    Fields fields = new Fields().u32(0).u32(sizes.size());
    for (int i = 0; i < sizes.size(); i++) {
      fields.u32(sizes.get(i));
    }
    return Box.full("stsz", 0, 0, fields);
  }

  private Box chunkOffsets(long mediaStart, boolean wide) {
    Fields fields = new Fields().u32(chunks.size());
    for (Chunk chunk : chunks) {
      if (wide) {
        fields.u64(mediaStart + chunk.offset);
      } else {
        fields.u32(mediaStart + chunk.offset);
      }
    }
    return Box.full(wide ? "co64" : "stco", 0, 0, fields);
  }
}
