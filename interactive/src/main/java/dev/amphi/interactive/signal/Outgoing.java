package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import java.util.List;
import java.util.Optional;

/** What a section takes from the server: a slot, and the codings that it can show. */
public record Outgoing(
    List<PayloadFormat> formats, HeaderExtensions extensions, SlotSources sources) {
  public Outgoing {
    formats = List.copyOf(formats);
  }

  /** The payload types for a coding, or empty when the far side cannot decode it. */
  public Optional<PayloadFormat> format(Codec codec) {
    return formats.stream().filter(format -> format.codec() == codec).findFirst();
  }

  /** Whether more than the smallest spatial layer inside one stream can be followed. */
  public boolean followsSpatialLayers(Codec codec) {
    return codec != Codec.AV1 || extensions.id(HeaderExtension.DEPENDENCY_DESCRIPTOR) != 0;
  }

  /** The payload type of parity packets beside the pictures (FlexFEC), or -1. */
  public int parityType() {
    return formats.stream()
        .filter(format -> format.codec() != Codec.OPUS)
        .mapToInt(PayloadFormat::redundancyType)
        .findFirst()
        .orElse(-1);
  }
}
