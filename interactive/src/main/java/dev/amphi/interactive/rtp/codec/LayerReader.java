package dev.amphi.interactive.rtp.codec;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/** Reads which layer of its stream a packet is of. */
public final class LayerReader {
  private final Codec codec;
  private final int descriptorId;
  private final Vp8Descriptor vp8 = new Vp8Descriptor();
  private final Vp9Descriptor vp9 = new Vp9Descriptor();
  private final DependencyDescriptor dependencies = new DependencyDescriptor();
  private @Nullable DependencyStructure structure;
  private int spatial;
  private int temporal;

  /**
   * A reader for the packets of one stream.
   *
   * @param extensions the ids of its header extensions
   */
  public LayerReader(Codec codec, HeaderExtensions extensions) {
    this.codec = codec;
    this.descriptorId = extensions.id(HeaderExtension.DEPENDENCY_DESCRIPTOR);
  }

  /** Looks at a packet; what it does not tell counts as 0. */
  public void read(RtpPacket packet) {
    byte[] b = packet.buffer();
    int at = packet.payloadOffset();
    int length = packet.payloadLength();
    spatial = 0;
    temporal = 0;
    switch (codec) {
      case VP8 -> temporal = vp8.wrap(b, at, length) ? vp8.temporal() : 0;
      case VP9 -> {
        if (vp9.wrap(b, at, length)) {
          spatial = vp9.spatial();
          temporal = vp9.temporal();
        }
      }
      case AV1 -> readDependencies(packet);
      case OPUS, H264 -> {}
    }
  }

  private void readDependencies(RtpPacket packet) {
    int descriptor = packet.extensionOffset(descriptorId);
    if (descriptor < 0) {
      return;
    }
    int length = packet.extensionLength(descriptorId);
    boolean read = dependencies.wrap(packet.buffer(), descriptor, length, structure);
    DependencyStructure attached = dependencies.attached();
    structure = attached == null ? structure : attached;
    if (read) {
      spatial = dependencies.spatial();
      temporal = dependencies.temporal();
    }
  }

  /** The {@link PictureSize} that the packet, or the newest key frame, tells of a spatial layer. */
  public int size(int layer) {
    if (codec == Codec.AV1) {
      return structure == null ? PictureSize.UNKNOWN : structure.size(layer);
    }
    return codec == Codec.VP9 && layer < vp9.sized() ? vp9.size(layer) : PictureSize.UNKNOWN;
  }

  /** The spatial layer, 0 the smallest. */
  public int spatial() {
    return spatial;
  }

  /** The temporal layer, 0 the slowest. */
  public int temporal() {
    return temporal;
  }
}
