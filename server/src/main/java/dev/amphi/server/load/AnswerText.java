package dev.amphi.server.load;

import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.transport.DtlsSetup;
import dev.amphi.interactive.transport.Fingerprint;
import dev.amphi.interactive.transport.RemoteParameters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads from a node's answer what a peer of ours needs to know. */
final class AnswerText {
  private final List<String> lines;

  AnswerText(String sdp) {
    lines = sdp.lines().toList();
  }

  /** The far side of the one path. */
  RemoteParameters remote() throws LoadFailed {
    String[] fingerprint = need("a=fingerprint:").split(" ", 2);
    DtlsSetup setup =
        DtlsSetup.fromWireName(need("a=setup:"))
            .orElseThrow(() -> new LoadFailed("the answer's a=setup is unknown"));
    List<String> candidates =
        lines.stream()
            .filter(line -> line.startsWith("a=candidate:"))
            .map(line -> line.substring(2))
            .toList();
    return new RemoteParameters(
        need("a=ice-ufrag:"),
        need("a=ice-pwd:"),
        List.of(new Fingerprint(fingerprint[0], fingerprint[fingerprint.length - 1])),
        setup,
        candidates);
  }

  /** The header extensions that were taken; ids are ours. */
  HeaderExtensions extensions() {
    Map<HeaderExtension, Integer> taken = new EnumMap<>(HeaderExtension.class);
    OfferWriter.EXTENSIONS.forEach(
        (extension, id) -> {
          if (lines.stream().anyMatch(line -> line.endsWith(" " + extension.uri()))) {
            taken.put(extension, id);
          }
        });
    return HeaderExtensions.of(taken);
  }

  /** Whether a section was taken. */
  boolean accepts(String mid) {
    List<String> section = section(mid);
    return !section.isEmpty() && !section.getFirst().split(" ", 3)[1].equals("0");
  }

  /** The SSRCs that a section announces: of the media, then of its retransmissions. */
  List<Long> sources(String mid) {
    List<String> section = section(mid);
    Optional<String> group = value(section, "a=ssrc-group:FID ");
    if (group.isPresent()) {
      return java.util.Arrays.stream(group.get().split(" ", -1)).map(Long::valueOf).toList();
    }
    return value(section, "a=ssrc:").stream()
        .map(value -> Long.valueOf(value.split(" ", 2)[0]))
        .toList();
  }

  private List<String> section(String mid) {
    List<String> section = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("m=")) {
        if (section.contains("a=mid:" + mid)) {
          return section;
        }
        section.clear();
      }
      section.add(line);
    }
    return section.contains("a=mid:" + mid) ? section : List.of();
  }

  private String need(String start) throws LoadFailed {
    return value(lines, start).orElseThrow(() -> new LoadFailed("the answer has no " + start));
  }

  private static Optional<String> value(List<String> lines, String start) {
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst();
  }
}
