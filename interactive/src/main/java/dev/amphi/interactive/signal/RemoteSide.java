package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.transport.DtlsSetup;
import dev.amphi.interactive.transport.Fingerprint;
import dev.amphi.interactive.transport.RemoteParameters;
import java.util.List;
import java.util.Optional;

/** Finds what an offer says of its one path: ICE credentials, fingerprints and DTLS role. */
final class RemoteSide {
  private static final int MOST_RELAYS = 16;

  private final SessionDescription offer;
  private final List<MediaDescription> live;

  /**
   * @param live the sections that the far side did not reject; the first that holds a line counts,
   *     because RFC 8843 §9 lets the others of a bundle leave it out
   */
  RemoteSide(SessionDescription offer, List<MediaDescription> live) {
    this.offer = offer;
    this.live = live;
  }

  RemoteParameters parameters() throws Refusal {
    return new RemoteParameters(
        credential("ice-ufrag", 4), credential("ice-pwd", 22), fingerprints(), setup(), relays());
  }

  /** The relays among the candidates: no use for a path, but they tell what it leads over. */
  private List<String> relays() {
    return live.stream()
        .flatMap(section -> section.attributes().all("candidate"))
        .filter(value -> value.contains(" typ relay"))
        .limit(MOST_RELAYS)
        .map(value -> "candidate:" + value)
        .toList();
  }

  /** RFC 8839 §5.4: ufrag of 4 to 256, password of 22 to 256 ice-chars. */
  private String credential(String name, int least) throws Refusal {
    String value = line(name).orElse("");
    if (value.length() < least || value.length() > 256 || !value.matches("[A-Za-z0-9+/=_-]+")) {
      // '=', '_' and '-' are not ice-chars, but some clients send them.
      throw SdpParser.bad(
          value.isEmpty()
              ? "The SDP has no a=" + name + ", so no path can be made."
              : "The SDP's a=" + name + " must be " + least + " to 256 ICE characters.");
    }
    return value;
  }

  private List<Fingerprint> fingerprints() throws Refusal {
    List<Fingerprint> all =
        java.util.stream.Stream.concat(
                live.stream().flatMap(section -> section.attributes().all("fingerprint")),
                offer.attributes().all("fingerprint"))
            .distinct()
            .limit(16)
            .map(value -> value.split(" +", -1))
            .filter(words -> words.length == 2)
            .map(words -> new Fingerprint(words[0], words[1]))
            .toList();
    if (all.isEmpty()) {
      throw SdpParser.bad("The SDP has no a=fingerprint: only DTLS-SRTP is spoken.");
    }
    if (all.stream().noneMatch(Fingerprint::strong)) {
      throw SdpParser.bad(
          "The SDP's fingerprint is "
              + SdpParser.quote(all.getFirst().algorithm())
              + "; sha-256 or better is needed.");
    }
    return all;
  }

  private DtlsSetup setup() throws Refusal {
    String word = line("setup").orElse("actpass");
    DtlsSetup setup =
        DtlsSetup.fromWireName(word)
            .orElseThrow(
                () -> SdpParser.bad("The SDP's a=setup is " + SdpParser.quote(word) + "."));
    if (setup == DtlsSetup.PASSIVE) {
      throw SdpParser.bad(
          "The SDP says a=setup:passive, but the server is passive: offer actpass.");
    }
    return setup;
  }

  private Optional<String> line(String name) {
    for (MediaDescription section : live) {
      Optional<String> value = section.attributes().first(name);
      if (value.isPresent()) {
        return value;
      }
    }
    return offer.attributes().first(name);
  }
}
