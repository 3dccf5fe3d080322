package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.transport.LocalParameters;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Spells an answer (RFC 9429 §5.3): one section for each of the offer's, in its order. */
public final class AnswerWriter {
  private final Negotiation negotiation;
  private final LocalParameters local;
  private final StringBuilder out = new StringBuilder(4096);

  private AnswerWriter(Negotiation negotiation, LocalParameters local) {
    this.negotiation = negotiation;
    this.local = local;
  }

  /**
   * The answer's text, with CRLF.
   *
   * @param sessionId constant over all answers of one peer connection
   * @param version rises with each answer
   */
  public static String write(
      Negotiation negotiation, LocalParameters local, long sessionId, int version) {
    return new AnswerWriter(negotiation, local).write(sessionId, version);
  }

  private String write(long sessionId, int version) {
    line("v=0");
    line("o=- " + sessionId + " " + version + " IN IP4 127.0.0.1");
    line("s=-");
    line("t=0 0");
    if (local.iceLite()) {
      line("a=ice-lite");
    }
    line(
        "a=group:BUNDLE "
            + negotiation.sections().stream()
                .filter(Section::accepted)
                .map(Section::mid)
                .collect(Collectors.joining(" ")));
    if (negotiation.mixedExtensions()) {
      line("a=extmap-allow-mixed");
    }
    line("a=msid-semantic: WMS *");
    boolean first = true;
    for (Section section : negotiation.sections()) {
      if (section.accepted()) {
        accepted(section, first);
        first = false;
      } else {
        rejected(section);
      }
    }
    return out.toString();
  }

  private void line(String text) {
    out.append(text).append("\r\n");
  }

  /** RFC 3264 §6: port 0, and still one format. */
  private void rejected(Section section) {
    line("m=" + section.media() + " 0 " + section.protocol() + " " + section.firstFormat());
    line("c=IN IP4 0.0.0.0");
    line("a=inactive");
    line("a=mid:" + section.mid());
  }

  private void data(Section section, boolean tagged) {
    line("m=" + section.media() + " 9 " + section.protocol() + " " + section.firstFormat());
    line("c=IN IP4 0.0.0.0");
    path(tagged);
    line("a=mid:" + section.mid());
    DataSection.lines().forEach(this::line);
  }

  private void accepted(Section section, boolean tagged) {
    if (section.data()) {
      data(section, tagged);
      return;
    }
    String types =
        payloadTypes(section).stream().map(String::valueOf).collect(Collectors.joining(" "));
    line("m=" + section.media() + " 9 " + section.protocol() + " " + types);
    line("c=IN IP4 0.0.0.0");
    line("a=rtcp:9 IN IP4 0.0.0.0");
    path(tagged);
    line("a=mid:" + section.mid());
    section.lines().extensions().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByValue())
        .forEach(entry -> line("a=extmap:" + entry.getValue() + " " + entry.getKey().uri()));
    line("a=" + section.direction().wireName());
    line("a=rtcp-mux");
    line("a=rtcp-mux-only"); // RFC 9725 §4.4.1
    if (section.lines().reducedSize()) {
      line("a=rtcp-rsize");
    }
    section.lines().formats().forEach(this::format);
    section.lines().formats().stream()
        .filter(format -> format.redundancyType() >= 0)
        .findFirst()
        .ifPresent(this::redundancy);
    if (section.incoming() != null && !section.incoming().rids().isEmpty()) {
      section.incoming().rids().forEach(rid -> line("a=rid:" + rid + " recv"));
      line("a=simulcast:recv " + String.join(";", section.incoming().rids()));
    }
    if (section.outgoing() != null) {
      slot(section.outgoing(), section.mid());
    }
  }

  /** In the order in which the far side should use them: its sound with redundancy first. */
  private static Set<Integer> payloadTypes(Section section) {
    Set<Integer> types = new LinkedHashSet<>();
    for (PayloadFormat format : section.lines().formats()) {
      if (section.incoming() != null && format.redundancyType() >= 0) {
        types.add(format.redundancyType());
      }
      types.add(format.payloadType());
      if (format.retransmissionType() >= 0) {
        types.add(format.retransmissionType());
      }
    }
    section.lines().formats().stream()
        .map(PayloadFormat::redundancyType)
        .filter(type -> type >= 0)
        .forEach(types::add);
    return types;
  }

  /** RED names what it holds (RFC 2198 §5); FlexFEC how far back it reaches, in microseconds. */
  private void redundancy(PayloadFormat format) {
    int type = format.redundancyType();
    if (format.codec() == Codec.OPUS) {
      line("a=rtpmap:" + type + " red/48000/2");
      line("a=fmtp:" + type + " " + format.payloadType() + "/" + format.payloadType());
    } else {
      line("a=rtpmap:" + type + " flexfec-03/90000");
      line("a=fmtp:" + type + " repair-window=10000000");
    }
  }

  private void path(boolean tagged) {
    line("a=ice-ufrag:" + local.ufrag());
    line("a=ice-pwd:" + local.password());
    line("a=fingerprint:" + local.fingerprint().algorithm() + " " + local.fingerprint().hex());
    line("a=setup:" + local.setup().wireName());
    // RFC 8843 §7.1.3: candidates belong to the tagged section only.
    if (tagged) {
      local.candidates().forEach(candidate -> line("a=" + candidate));
      line("a=end-of-candidates");
    }
  }

  private void format(PayloadFormat format) {
    int type = format.payloadType();
    line("a=rtpmap:" + type + " " + format.rtpmap());
    format.feedback().forEach(feedback -> line("a=rtcp-fb:" + type + " " + feedback));
    if (!format.parameters().isEmpty()) {
      line("a=fmtp:" + type + " " + format.parameters());
    }
    if (format.retransmissionType() >= 0) {
      line("a=rtpmap:" + format.retransmissionType() + " rtx/" + format.codec().clockRate());
      line("a=fmtp:" + format.retransmissionType() + " apt=" + type);
    }
  }

  private void slot(Outgoing outgoing, String mid) {
    SlotSources sources = outgoing.sources();
    boolean retransmitted =
        outgoing.formats().stream().anyMatch(format -> format.retransmissionType() >= 0);
    line("a=msid:" + sources.streamId() + " slot-" + mid);
    if (retransmitted) {
      line("a=ssrc-group:FID " + sources.ssrc() + " " + sources.retransmissionSsrc());
    }
    if (outgoing.parityType() >= 0) {
      line("a=ssrc-group:FEC-FR " + sources.ssrc() + " " + sources.paritySsrc());
    }
    line("a=ssrc:" + sources.ssrc() + " cname:" + sources.cname());
    if (retransmitted) {
      line("a=ssrc:" + sources.retransmissionSsrc() + " cname:" + sources.cname());
    }
    if (outgoing.parityType() >= 0) {
      line("a=ssrc:" + sources.paritySsrc() + " cname:" + sources.cname());
    }
  }
}
