package dev.amphi.interactive.client;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.transport.LocalParameters;
import java.util.List;
import java.util.stream.Collectors;

/** Spells a client's offer (RFC 9429 §5.2) in the shape that browsers give it. */
final class OfferWriter {
  private final StringBuilder out = new StringBuilder(4096);
  private final LocalParameters local;
  private final String cname;

  private OfferWriter(LocalParameters local, String cname) {
    this.local = local;
    this.cname = cname;
  }

  static String write(List<ClientSection> sections, LocalParameters local, String cname) {
    return new OfferWriter(local, cname).write(sections);
  }

  private String write(List<ClientSection> sections) {
    line("v=0");
    line("o=- 1 1 IN IP4 127.0.0.1");
    line("s=-");
    line("t=0 0");
    line(
        "a=group:BUNDLE "
            + sections.stream().map(ClientSection::mid).collect(Collectors.joining(" ")));
    line("a=extmap-allow-mixed");
    line("a=msid-semantic: WMS");
    sections.forEach(this::section);
    return out.toString();
  }

  private void line(String text) {
    out.append(text).append("\r\n");
  }

  private void section(ClientSection section) {
    String types =
        section.codecs().stream()
            .map(
                codec ->
                    codec == Codec.OPUS
                        ? "" + ClientFormats.payloadType(codec)
                        : ClientFormats.payloadType(codec)
                            + " "
                            + ClientFormats.rtxPayloadType(codec))
            .collect(Collectors.joining(" "));
    line("m=" + (section.video() ? "video" : "audio") + " 9 UDP/TLS/RTP/SAVPF " + types);
    line("c=IN IP4 0.0.0.0");
    line("a=rtcp:9 IN IP4 0.0.0.0");
    line("a=ice-ufrag:" + local.ufrag());
    line("a=ice-pwd:" + local.password());
    line("a=ice-options:trickle");
    line("a=fingerprint:" + local.fingerprint().algorithm() + " " + local.fingerprint().hex());
    line("a=setup:" + local.setup().wireName());
    line("a=mid:" + section.mid());
    for (HeaderExtension extension : HeaderExtension.values()) {
      Integer id = ClientFormats.EXTENSION_IDS.get(extension);
      if (id != null && (extension != HeaderExtension.AUDIO_LEVEL || !section.video())) {
        line("a=extmap:" + id + " " + extension.uri());
      }
    }
    line(section.slot() ? "a=recvonly" : "a=sendonly");
    line("a=rtcp-mux");
    line("a=rtcp-rsize");
    section.codecs().forEach(this::format);
    if (!section.slot()) {
      sources(section);
    }
  }

  private void format(Codec codec) {
    int type = ClientFormats.payloadType(codec);
    line("a=rtpmap:" + type + " " + ClientFormats.rtpmap(codec));
    line("a=rtcp-fb:" + type + " transport-cc");
    if (codec != Codec.OPUS) {
      line("a=rtcp-fb:" + type + " ccm fir");
      line("a=rtcp-fb:" + type + " nack");
      line("a=rtcp-fb:" + type + " nack pli");
    }
    if (!ClientFormats.parameters(codec).isEmpty()) {
      line("a=fmtp:" + type + " " + ClientFormats.parameters(codec));
    }
    if (codec != Codec.OPUS) {
      line("a=rtpmap:" + ClientFormats.rtxPayloadType(codec) + " rtx/90000");
      line("a=fmtp:" + ClientFormats.rtxPayloadType(codec) + " apt=" + type);
    }
  }

  private void sources(ClientSection section) {
    line("a=msid:" + cname + " " + section.mid());
    if (section.video()) {
      line("a=ssrc-group:FID " + section.ssrc() + " " + section.rtxSsrc());
    }
    line("a=ssrc:" + section.ssrc() + " cname:" + cname);
    if (section.video()) {
      line("a=ssrc:" + section.rtxSsrc() + " cname:" + cname);
    }
  }
}
