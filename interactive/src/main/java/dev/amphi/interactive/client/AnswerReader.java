package dev.amphi.interactive.client;

import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.transport.DtlsSetup;
import dev.amphi.interactive.transport.Fingerprint;
import dev.amphi.interactive.transport.RemoteParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads of a server's answer or offer what a client of ours needs: the path, each section's
 * sources, how retransmissions are told from media.
 */
final class AnswerReader {
  private final List<List<String>> blocks = new ArrayList<>();

  /**
   * One section of the answer.
   *
   * @param ssrc of what the server sends there, -1 when it is not announced
   */
  record Answered(boolean accepted, long ssrc, long rtxSsrc) {}

  AnswerReader(String sdp) {
    List<String> block = new ArrayList<>();
    blocks.add(block);
    for (String line : sdp.lines().toList()) {
      if (line.startsWith("m=")) {
        block = new ArrayList<>();
        blocks.add(block);
      }
      block.add(line);
    }
  }

  RemoteParameters remote() {
    return new RemoteParameters(
        required("ice-ufrag"),
        required("ice-pwd"),
        all("fingerprint")
            .map(value -> value.split(" ", 2))
            .filter(words -> words.length == 2)
            .map(words -> new Fingerprint(words[0], words[1].strip()))
            .distinct()
            .toList(),
        DtlsSetup.fromWireName(required("setup")).orElse(DtlsSetup.ACTPASS),
        all("candidate").map(value -> "candidate:" + value).distinct().toList());
  }

  /** By tag. */
  Map<String, Answered> sections() {
    Map<String, Answered> sections = new HashMap<>();
    for (List<String> block : blocks.subList(1, blocks.size())) {
      String mid = values(block, "mid").findFirst().orElse("");
      boolean accepted = !block.getFirst().split(" ", 3)[1].equals("0");
      long ssrc = values(block, "ssrc").map(AnswerReader::number).findFirst().orElse(-1L);
      Optional<String[]> group =
          values(block, "ssrc-group")
              .map(value -> value.split(" ", -1))
              .filter(words -> words.length == 3 && words[0].equals("FID"))
              .findFirst();
      long rtx = group.map(words -> number(words[2])).orElse(-1L);
      long media = group.map(words -> number(words[1])).orElse(ssrc);
      sections.put(mid, new Answered(accepted, media, rtx));
    }
    return sections;
  }

  /** The lines of each media section, the m-line first. */
  List<List<String>> media() {
    return List.copyOf(blocks.subList(1, blocks.size()));
  }

  /** The id of a header extension, 0 when it was not agreed on. */
  int extensionId(HeaderExtension extension) {
    return all("extmap")
        .filter(value -> value.endsWith(" " + extension.uri()))
        .map(value -> Integer.parseInt(value.split("[ /]", 2)[0]))
        .findFirst()
        .orElse(0);
  }

  /** The payload types of retransmissions (RFC 4588). */
  Set<Integer> retransmissionTypes() {
    return all("rtpmap")
        .map(value -> value.split("[ /]", 3))
        .filter(words -> words.length == 3 && words[1].equalsIgnoreCase("rtx"))
        .map(words -> Integer.parseInt(words[0]))
        .collect(Collectors.toSet());
  }

  private String required(String name) {
    return all(name)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("The SDP has no a=" + name));
  }

  private Stream<String> all(String name) {
    return blocks.stream().flatMap(block -> values(block, name));
  }

  /** The first value of an attribute, or an empty text. */
  static String value(List<String> block, String name) {
    return values(block, name).findFirst().orElse("");
  }

  /** The values of an attribute, in their order. */
  static Stream<String> values(List<String> block, String name) {
    String prefix = "a=" + name + ":";
    return block.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()));
  }

  private static long number(String text) {
    return Long.parseLong(text.split(" ", 2)[0]);
  }
}
