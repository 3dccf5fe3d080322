package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.TrackView.Codec;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A coding that both sides speak, and the payload types that stand for it.
 *
 * @param retransmissionType payload type of its RTX stream (RFC 4588), or -1
 * @param redundancyType payload type of what is sent beforehand for losses, or -1: of sound RED
 *     (RFC 2198), of a picture FlexFEC-03, which is one stream for all codings of its section
 * @param parameters the {@code a=fmtp} value for the answer, maybe empty
 * @param feedback the {@code a=rtcp-fb} values for the answer (RFC 4585 §4.2)
 */
public record PayloadFormat(
    Codec codec,
    int payloadType,
    int retransmissionType,
    int redundancyType,
    String parameters,
    List<String> feedback) {
  public PayloadFormat {
    feedback = List.copyOf(feedback);
  }

  /** Whether lost packets are asked for by generic NACK (RFC 4585 §6.2.1). */
  public boolean nack() {
    return feedback.contains("nack");
  }

  /** The same without some kinds of feedback. */
  PayloadFormat withoutFeedback(Set<String> unused) {
    return new PayloadFormat(
        codec,
        payloadType,
        retransmissionType,
        redundancyType,
        parameters,
        feedback.stream().filter(kind -> !unused.contains(kind)).toList());
  }

  /** The same where nothing is sent beforehand. */
  PayloadFormat withoutRedundancy() {
    return new PayloadFormat(codec, payloadType, retransmissionType, -1, parameters, feedback);
  }

  String rtpmap() {
    String name = codec == Codec.OPUS ? "opus" : codec.name().toUpperCase(Locale.ROOT);
    return name + "/" + codec.clockRate() + (codec == Codec.OPUS ? "/2" : "");
  }
}
