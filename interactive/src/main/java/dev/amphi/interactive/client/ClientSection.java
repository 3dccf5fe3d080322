package dev.amphi.interactive.client;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One media section of a client's offer.
 *
 * @param source what it sends, or null for a slot
 * @param codecs one to send; all that a slot takes
 * @param ssrc of what it sends
 * @param rtxSsrc of its retransmissions
 */
record ClientSection(
    String mid,
    boolean video,
    @Nullable Source source,
    List<Codec> codecs,
    long ssrc,
    long rtxSsrc) {
  private static final long SSRC_BOUND = 0xFFFFFFFFL;

  ClientSection {
    codecs = List.copyOf(codecs);
  }

  boolean slot() {
    return source == null;
  }

  /** The sections of a plan: what is sent first, then the slots. */
  static List<ClientSection> of(MediaPlan plan, RandomGenerator random) {
    List<ClientSection> sections = new ArrayList<>();
    for (Map.Entry<Source, Codec> entry : plan.publish().entrySet()) {
      boolean video = entry.getValue() != Codec.OPUS;
      sections.add(
          new ClientSection(
              String.valueOf(sections.size()),
              video,
              entry.getKey(),
              List.of(entry.getValue()),
              random.nextLong(1, SSRC_BOUND),
              random.nextLong(1, SSRC_BOUND)));
    }
    for (int i = 0; i < plan.audioSlots() + plan.videoSlots(); i++) {
      boolean video = i >= plan.audioSlots();
      List<Codec> codecs = video ? List.of(Codec.VP8, Codec.H264) : List.of(Codec.OPUS);
      sections.add(new ClientSection(String.valueOf(sections.size()), video, null, codecs, -1, -1));
    }
    return sections;
  }
}
