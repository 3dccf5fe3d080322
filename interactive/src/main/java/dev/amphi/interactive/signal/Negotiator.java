package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to make of an offer (RFC 3264, RFC 9429 §5.3): a pure function of the offer and of
 * what the server wants. {@link AnswerWriter} spells the result.
 */
public final class Negotiator {
  /** Extensions that tell simulcast layers apart; of no use elsewhere. */
  private static final Set<HeaderExtension> LAYER =
      EnumSet.of(HeaderExtension.RID, HeaderExtension.REPAIRED_RID);

  /** What a slot's packets carry. */
  private static final Set<HeaderExtension> SENT =
      EnumSet.of(
          HeaderExtension.MID,
          HeaderExtension.TRANSPORT_CC,
          HeaderExtension.ABS_SEND_TIME,
          HeaderExtension.DEPENDENCY_DESCRIPTOR);

  private static final String TRANSPORT_CC = "transport-cc";
  private static final String REMB = "goog-remb";
  private static final String MIXED = "extmap-allow-mixed";

  private final SessionDescription offer;
  private final Terms terms;

  private Negotiator(SessionDescription offer, Terms terms) {
    this.offer = offer;
    this.terms = terms;
  }

  /** Negotiates; refuses with 400 {@code bad_sdp} when the offer cannot be served at all. */
  public static Negotiation negotiate(SessionDescription offer, Terms terms) throws Refusal {
    return new Negotiator(offer, terms).negotiate();
  }

  private Negotiation negotiate() throws Refusal {
    List<MediaDescription> live = new ArrayList<>();
    List<Section> sections = new ArrayList<>();
    for (MediaDescription section : offer.sections()) {
      Section negotiated = section(section);
      sections.add(negotiated);
      if (!section.rejected()) {
        live.add(section);
      }
      if (negotiated.accepted()) {
        requireBundle(section);
      }
    }
    if (sections.stream().noneMatch(Section::accepted)) {
      throw SdpParser.bad(nothingLeft());
    }
    return new Negotiation(
        new RemoteSide(offer, live).parameters(),
        sections,
        shared(live),
        offer.attributes().has(MIXED));
  }

  /** RFC 8843 §9: in a bundle an id means the same extension in every section. */
  private static HeaderExtensions shared(List<MediaDescription> live) {
    Map<HeaderExtension, Integer> shared = new EnumMap<>(HeaderExtension.class);
    for (MediaDescription section : live) {
      extensions(section).forEach(shared::putIfAbsent);
    }
    return HeaderExtensions.of(shared);
  }

  private void requireBundle(MediaDescription section) throws Refusal {
    if (!offer.bundle().contains(section.mid())) {
      throw SdpParser.bad(
          "Section "
              + section.mid()
              + " is not in the BUNDLE group: all media must share one path.");
    }
    if (DataSection.offered(section)) {
      return;
    }
    if (!section.attributes().has("rtcp-mux") && !section.attributes().has("bundle-only")) {
      throw SdpParser.bad("Section " + section.mid() + " lacks a=rtcp-mux.");
    }
  }

  private String nothingLeft() {
    if (offer.sections().isEmpty()) {
      return "The SDP has no media section.";
    }
    StringBuilder found = new StringBuilder();
    for (MediaDescription section :
        offer.sections().subList(0, Math.min(3, offer.sections().size()))) {
      found.append(found.isEmpty() ? "" : "; ").append(SdpParser.quote(section.media()));
      found.append(section.rejected() ? " is off" : " has " + new OfferedFormats(section).names());
    }
    return "No section of the SDP can be served: VP8, H.264 (baseline, packetization-mode=1),"
        + " VP9 and AV1 (profile 0) and Opus are spoken, but "
        + found
        + ".";
  }

  private Section section(MediaDescription section) {
    if (DataSection.offered(section) && terms.data()) {
      return DataSection.accepted(section);
    }
    Optional<Kind> kind = section.kind();
    List<PayloadFormat> formats =
        kind.map(k -> new OfferedFormats(section).accepted(k)).orElse(List.of());
    if (kind.isEmpty() || section.rejected() || formats.isEmpty() || !known(section.protocol())) {
      return answer(section, null, null, null, AcceptedLines.NONE);
    }
    Direction offered = section.direction(offer.attributes());
    boolean receive = offered.sends() && terms.receive(section.mid(), kind.get());
    boolean send = offered.receives() && (!receive || terms.sendBack(section.mid()));
    Map<HeaderExtension, Integer> extensions = extensions(section);
    if (!receive) {
      extensions.keySet().retainAll(SENT);
    }
    formats = estimatedBy(formats, extensions.keySet(), receive);
    if (receive && kind.get() == Kind.VIDEO) {
      // Browsers send no FlexFEC; and their ULPFEC takes numbers from the media.
      formats = formats.stream().map(PayloadFormat::withoutRedundancy).toList();
    }
    if (!receive) {
      keepNumbersThatAreReportedOn(formats, extensions.keySet());
    } else if (!send) {
      formats = List.of(formats.getFirst());
    }
    keepDependenciesOfAv1(receive ? formats.subList(0, 1) : formats, extensions.keySet());
    List<String> layers = receive ? layers(section, extensions) : List.of();
    if (layers.isEmpty()) {
      extensions.keySet().removeAll(LAYER);
    }
    Incoming incoming = receive ? incoming(section, formats.getFirst(), extensions, layers) : null;
    Outgoing outgoing = send ? outgoing(section, formats, extensions) : null;
    boolean reducedSize = section.attributes().has("rtcp-rsize");
    return answer(
        section,
        kind.get(),
        incoming,
        outgoing,
        new AcceptedLines(formats, extensions, reducedSize));
  }

  private static Section answer(
      MediaDescription section,
      @Nullable Kind kind,
      @Nullable Incoming incoming,
      @Nullable Outgoing outgoing,
      AcceptedLines lines) {
    return new Section(
        section.mid(),
        section.media(),
        section.protocol(),
        section.formats().getFirst(),
        kind,
        false,
        incoming,
        outgoing,
        lines);
  }

  private static boolean known(String protocol) {
    return protocol.equals("UDP/TLS/RTP/SAVPF") || protocol.equals("RTP/SAVPF");
  }

  /**
   * One way to estimate the bandwidth: transport-cc where packets can be numbered, else, for what
   * the server sends, the receiver's own estimate (REMB).
   */
  private static List<PayloadFormat> estimatedBy(
      List<PayloadFormat> formats, Set<HeaderExtension> extensions, boolean receive) {
    boolean numbered =
        extensions.contains(HeaderExtension.TRANSPORT_CC)
            && formats.stream().anyMatch(format -> format.feedback().contains(TRANSPORT_CC));
    Set<String> unused =
        numbered ? Set.of(REMB) : receive ? Set.of(TRANSPORT_CC, REMB) : Set.of(TRANSPORT_CC);
    return formats.stream().map(format -> format.withoutFeedback(unused)).toList();
  }

  private static void keepNumbersThatAreReportedOn(
      List<PayloadFormat> formats, Set<HeaderExtension> extensions) {
    if (formats.stream().noneMatch(format -> format.feedback().contains(TRANSPORT_CC))) {
      extensions.remove(HeaderExtension.TRANSPORT_CC);
    }
  }

  /**
   * Others do without; a structure fits only where the form of headers may change (RFC 8285 §6).
   */
  private void keepDependenciesOfAv1(List<PayloadFormat> formats, Set<HeaderExtension> extensions) {
    if (!offer.attributes().has(MIXED)
        || formats.stream().noneMatch(format -> format.codec() == Codec.AV1)) {
      extensions.remove(HeaderExtension.DEPENDENCY_DESCRIPTOR);
    }
  }

  private Outgoing outgoing(
      MediaDescription section,
      List<PayloadFormat> formats,
      Map<HeaderExtension, Integer> extensions) {
    Map<HeaderExtension, Integer> sent = new EnumMap<>(HeaderExtension.class);
    sent.putAll(extensions);
    sent.keySet().retainAll(SENT);
    return new Outgoing(formats, HeaderExtensions.of(sent), terms.slot(section.mid()));
  }

  private static Incoming incoming(
      MediaDescription section,
      PayloadFormat format,
      Map<HeaderExtension, Integer> extensions,
      List<String> layers) {
    // The sources of a simulcast are told apart by RID alone (RFC 8853 §6.1).
    long[] sources = layers.isEmpty() ? sources(section) : new long[] {-1, -1};
    return new Incoming(format, HeaderExtensions.of(extensions), sources[0], sources[1], layers);
  }

  /** The declared source and its RTX (RFC 5576 §4.2, RFC 4588 §8.7); -1 where there is none. */
  private static long[] sources(MediaDescription section) {
    long ssrc =
        section.attributes().all("ssrc").mapToLong(Negotiator::number).findFirst().orElse(-1);
    for (String group : section.attributes().all("ssrc-group").toList()) {
      String[] words = group.split(" +", -1);
      if (words.length == 3 && words[0].equals("FID")) {
        return new long[] {number(words[1]), number(words[2])};
      }
    }
    return new long[] {ssrc, -1};
  }

  private static long number(String text) {
    String digits = text.split(" ", 2)[0];
    if (!digits.matches("\\d{1,10}")) {
      return -1;
    }
    long value = Long.parseLong(digits);
    return value <= 0xFFFFFFFFL ? value : -1;
  }

  /**
   * The layers of a simulcast (RFC 8853 §5.1), the first of each list of alternatives; those beyond
   * {@link Incoming#MAX_LAYERS} are not taken. Without the RID extension they could not be told
   * apart: then there are none.
   */
  private static List<String> layers(
      MediaDescription section, Map<HeaderExtension, Integer> extensions) {
    if (!extensions.containsKey(HeaderExtension.RID)) {
      return List.of();
    }
    return section
        .attributes()
        .first("simulcast")
        .map(value -> value.split(" +", -1))
        .filter(words -> words.length >= 2 && words[0].equals("send"))
        .stream()
        .flatMap(words -> Arrays.stream(words[1].split(";", -1)))
        .map(alternatives -> alternatives.split(",", -1)[0])
        .map(layer -> layer.startsWith("~") ? layer.substring(1) : layer)
        .filter(layer -> layer.matches("[A-Za-z0-9_-]{1,16}"))
        .distinct()
        .limit(Incoming.MAX_LAYERS)
        .toList();
  }

  /** RFC 8285 §5: the answer keeps the offer's ids; a line that lies is as if it were not there. */
  private static Map<HeaderExtension, Integer> extensions(MediaDescription section) {
    Map<HeaderExtension, Integer> extensions = new EnumMap<>(HeaderExtension.class);
    section
        .attributes()
        .all("extmap")
        .map(value -> value.split(" +", -1))
        .filter(words -> words.length >= 2)
        .forEach(
            words -> {
              String id = words[0].split("/", 2)[0];
              if (id.matches("[1-9]|1[0-4]")) {
                HeaderExtension.fromUri(words[1])
                    .ifPresent(
                        extension -> extensions.putIfAbsent(extension, Integer.parseInt(id)));
              }
            });
    return extensions;
  }
}
