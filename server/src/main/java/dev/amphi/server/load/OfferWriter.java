package dev.amphi.server.load;

import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.transport.LocalParameters;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Spells an offer as a browser would (RFC 9429 §5.2): BUNDLE, rtcp-mux, one coding a section. */
final class OfferWriter {
  /** The header extensions that every section offers, and their ids. */
  static final Map<HeaderExtension, Integer> EXTENSIONS =
      Map.of(
          HeaderExtension.MID, 4,
          HeaderExtension.TRANSPORT_CC, 3,
          HeaderExtension.ABS_SEND_TIME, 2);

  private final LocalParameters local;
  private final StringBuilder out = new StringBuilder(4096);

  private OfferWriter(LocalParameters local) {
    this.local = local;
  }

  static String write(LocalParameters local, List<OfferSection> sections) {
    OfferWriter writer = new OfferWriter(local);
    writer.line("v=0");
    writer.line("o=- 1 1 IN IP4 127.0.0.1");
    writer.line("s=-");
    writer.line("t=0 0");
    writer.line(
        "a=group:BUNDLE "
            + sections.stream().map(OfferSection::mid).collect(Collectors.joining(" ")));
    sections.forEach(writer::section);
    return writer.out.toString();
  }

  private void line(String text) {
    out.append(text).append("\r\n");
  }

  private void section(OfferSection section) {
    int type = section.payloadType();
    int rtx = section.rtxPayloadType();
    line(
        "m=%s 9 UDP/TLS/RTP/SAVPF %d%s"
            .formatted(section.video() ? "video" : "audio", type, rtx < 0 ? "" : " " + rtx));
    line("c=IN IP4 0.0.0.0");
    line("a=mid:" + section.mid());
    line(section.sends() ? "a=sendonly" : "a=recvonly");
    line("a=rtcp-mux");
    line("a=rtcp-rsize");
    path();
    EXTENSIONS.forEach((extension, id) -> line("a=extmap:" + id + " " + extension.uri()));
    coding(section, type, rtx);
    if (section.sends()) {
      sources(section);
    }
  }

  private void path() {
    line("a=ice-ufrag:" + local.ufrag());
    line("a=ice-pwd:" + local.password());
    line("a=fingerprint:" + local.fingerprint().algorithm() + " " + local.fingerprint().hex());
    line("a=setup:" + local.setup().wireName());
  }

  private void coding(OfferSection section, int type, int rtx) {
    switch (section.codec()) {
      case OPUS -> {
        line("a=rtpmap:" + type + " opus/48000/2");
        line("a=fmtp:" + type + " minptime=10;useinbandfec=1");
      }
      case VP8 -> line("a=rtpmap:" + type + " VP8/90000");
      case H264 -> {
        line("a=rtpmap:" + type + " H264/90000");
        line(
            "a=fmtp:"
                + type
                + " level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f");
      }
    }
    line("a=rtcp-fb:" + type + " transport-cc");
    if (section.video()) {
      line("a=rtcp-fb:" + type + " ccm fir");
      line("a=rtcp-fb:" + type + " nack");
      line("a=rtcp-fb:" + type + " nack pli");
      line("a=rtpmap:" + rtx + " rtx/90000");
      line("a=fmtp:" + rtx + " apt=" + type);
    }
  }

  private void sources(OfferSection section) {
    if (section.video()) {
      line("a=ssrc-group:FID " + section.ssrc() + " " + section.rtxSsrc());
      line("a=ssrc:" + section.rtxSsrc() + " cname:amphi-load");
    }
    line("a=ssrc:" + section.ssrc() + " cname:amphi-load");
  }
}
