package dev.amphi.packager.mp4;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes a CMAF chunk (ISO 23000-19 §7.3.2.3): one part of a segment.
 *
 * <pre>
 * [styp]
 * [emsg] …
 * moof ─ mfhd
 *      └ traf ─ tfhd, tfdt, trun
 * mdat
 * </pre>
 */
public final class FragmentWriter {
  private FragmentWriter() {}

  /**
   * Writes samples that follow each other without a gap.
   *
   * @param sequenceNumber rises with each chunk of a rendition, from 1
   * @param startsSegment whether the chunk is its segment's first, and so carries {@code styp}
   */
  public static Bytes write(List<Sample> samples, long sequenceNumber, boolean startsSegment) {
    return write(samples, sequenceNumber, startsSegment, List.of());
  }

  /**
   * The same with what happens meanwhile.
   *
   * @param events are told in front of the samples
   */
  public static Bytes write(
      List<Sample> samples, long sequenceNumber, boolean startsSegment, List<EventMessage> events) {
    Box mdat = Box.around("mdat", samples.stream().map(Sample::payload).toList());
    int moofSize = moof(samples, sequenceNumber, 0).size();
    Box moof = moof(samples, sequenceNumber, moofSize + Box.HEADER);
    List<Box> boxes = new ArrayList<>();
    if (startsSegment) {
      boxes.add(MovieBoxes.styp("msdh", "msdh", "cmfs", "cmfl"));
    }
    events.forEach(event -> boxes.add(FragmentBoxes.emsg(event)));
    boxes.add(moof);
    boxes.add(mdat);
    return Box.join(boxes.toArray(Box[]::new));
  }

  private static Box moof(List<Sample> samples, long sequenceNumber, int dataOffset) {
    int duration = samples.getFirst().durationTicks();
    boolean ownDurations = samples.stream().anyMatch(s -> s.durationTicks() != duration);
    boolean allSync = samples.stream().allMatch(Sample::sync);
    boolean syncLater = samples.stream().skip(1).anyMatch(Sample::sync);
    boolean ownFlags = !allSync && syncLater;
    boolean first = !allSync && !syncLater && samples.getFirst().sync();
    Box traf =
        Box.of(
            "traf",
            FragmentBoxes.tfhd(
                InitSegmentWriter.TRACK_ID,
                duration,
                allSync ? FragmentBoxes.SYNC_FLAGS : FragmentBoxes.NON_SYNC_FLAGS),
            FragmentBoxes.tfdt(samples.getFirst().timeTicks()),
            FragmentBoxes.trun(samples, dataOffset, ownDurations, ownFlags, first));
    return FragmentBoxes.moof(sequenceNumber, traf);
  }
}
