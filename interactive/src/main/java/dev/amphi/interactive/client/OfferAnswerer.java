package dev.amphi.interactive.client;

import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.transport.LocalParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers the offer of a server that offers (RFC 9429 §5.3): takes the first VP8, H.264 or Opus of
 * each section with its retransmissions, to receive only, in the DTLS client's role. Pure.
 */
final class OfferAnswerer {
  private static final Set<String> CODECS = Set.of("vp8", "h264", "opus");

  private final StringBuilder out = new StringBuilder(4096);
  private final LocalParameters local;

  private OfferAnswerer(LocalParameters local) {
    this.local = local;
  }

  /** The answer's text, with CRLF. */
  static String answer(AnswerReader offer, LocalParameters local) {
    return new OfferAnswerer(local).write(offer.media());
  }

  private String write(List<List<String>> sections) {
    line("v=0");
    line("o=- 1 1 IN IP4 127.0.0.1");
    line("s=-");
    line("t=0 0");
    line(
        "a=group:BUNDLE "
            + sections.stream()
                .filter(section -> !payloadType(section).isEmpty())
                .map(section -> AnswerReader.value(section, "mid"))
                .collect(Collectors.joining(" ")));
    line("a=msid-semantic: WMS");
    sections.forEach(this::section);
    return out.toString();
  }

  private void line(String text) {
    out.append(text).append("\r\n");
  }

  private void section(List<String> offered) {
    String[] media = offered.getFirst().split(" ", -1);
    String type = payloadType(offered);
    if (type.isEmpty()) {
      line(media[0] + " 0 " + media[2] + " " + media[3]);
      line("c=IN IP4 0.0.0.0");
      line("a=inactive");
      line("a=mid:" + AnswerReader.value(offered, "mid"));
      return;
    }
    List<String> types = new ArrayList<>(List.of(type));
    for (String parameters : AnswerReader.values(offered, "fmtp").toList()) {
      if (parameters.endsWith(" apt=" + type)) {
        types.add(parameters.split(" ", 2)[0]);
      }
    }
    line(media[0] + " 9 " + media[2] + " " + String.join(" ", types));
    line("c=IN IP4 0.0.0.0");
    line("a=ice-ufrag:" + local.ufrag());
    line("a=ice-pwd:" + local.password());
    line("a=fingerprint:" + local.fingerprint().algorithm() + " " + local.fingerprint().hex());
    line("a=setup:active");
    line("a=mid:" + AnswerReader.value(offered, "mid"));
    line("a=recvonly");
    line("a=rtcp-mux");
    line("a=rtcp-rsize");
    AnswerReader.values(offered, "extmap")
        .filter(OfferAnswerer::known)
        .forEach(extension -> line("a=extmap:" + extension));
    for (String name : List.of("rtpmap", "rtcp-fb", "fmtp")) {
      AnswerReader.values(offered, name)
          .filter(value -> types.contains(value.split(" ", 2)[0]))
          .forEach(value -> line("a=" + name + ":" + value));
    }
  }

  private static boolean known(String extension) {
    for (HeaderExtension ours : ClientFormats.EXTENSION_IDS.keySet()) {
      if (extension.endsWith(" " + ours.uri())) {
        return true;
      }
    }
    return false;
  }

  /** The first payload type of a codec that we take, or an empty text. */
  private static String payloadType(List<String> section) {
    return AnswerReader.values(section, "rtpmap")
        .map(value -> value.split("[ /]", 3))
        .filter(
            words ->
                words.length == 3 && CODECS.contains(words[1].toLowerCase(java.util.Locale.ROOT)))
        .map(words -> words[0])
        .findFirst()
        .orElse("");
  }
}
