package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.transport.LocalParameters;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an SDP, or a fragment of one ({@code application/trickle-ice-sdpfrag}, RFC 8840 §9), says of
 * an ICE session.
 *
 * @param ufrag the user fragment, or "" when it is not said
 * @param password the password, or "" when it is not said
 */
public record IceFragment(String ufrag, String password) {
  /** The media type of a fragment. */
  public static final String TYPE = "application/trickle-ice-sdpfrag";

  /** Reads a fragment; refuses with 400 {@code bad_sdp}. */
  public static IceFragment parse(String text) throws Refusal {
    IceFragment fragment = of(SdpParser.parseFragment(text));
    if (!fragment.ufrag.isEmpty()) {
      require("ice-ufrag", fragment.ufrag, 4);
    }
    if (!fragment.password.isEmpty()) {
      require("ice-pwd", fragment.password, 22);
    }
    return fragment;
  }

  /** The first that a section says, or else the description as a whole (RFC 8839 §5.4). */
  public static IceFragment of(SessionDescription sdp) {
    return new IceFragment(first(sdp, "ice-ufrag"), first(sdp, "ice-pwd"));
  }

  private static String first(SessionDescription sdp, String name) {
    return Stream.concat(
            sdp.sections().stream().map(section -> section.attributes().first(name)),
            Stream.of(sdp.attributes().first(name)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("");
  }

  /** RFC 8839 §5.4: ufrag of 4 to 256, password of 22 to 256 ice-chars; see {@link RemoteSide}. */
  private static void require(String name, String value, int least) throws Refusal {
    if (value.length() < least || value.length() > 256 || !value.matches("[A-Za-z0-9+/=_-]+")) {
      throw SdpParser.bad(
          "The fragment's a=" + name + " must be " + least + " to 256 ICE characters.");
    }
  }

  /**
   * The server's side of a restarted ICE session as a fragment (RFC 9725 §4.3.3): what the answer
   * said, with the new credentials.
   *
   * @param answer the answer to the offer
   * @param local the new credentials and candidates
   */
  public static String write(SessionDescription answer, LocalParameters local) {
    StringBuilder out = new StringBuilder();
    if (local.iceLite()) {
      line(out, "a=ice-lite");
    }
    answer.attributes().first("group").ifPresent(group -> line(out, "a=group:" + group));
    answer.sections().stream()
        .filter(section -> answer.bundle().contains(section.mid()))
        .findFirst()
        .ifPresent(
            tagged -> {
              line(
                  out,
                  "m="
                      + tagged.media()
                      + " 9 "
                      + tagged.protocol()
                      + " "
                      + String.join(" ", tagged.formats()));
              line(out, "a=mid:" + tagged.mid());
            });
    line(out, "a=ice-ufrag:" + local.ufrag());
    line(out, "a=ice-pwd:" + local.password());
    local.candidates().forEach(candidate -> line(out, "a=" + candidate));
    line(out, "a=end-of-candidates");
    return out.toString();
  }

  private static void line(StringBuilder out, String text) {
    out.append(text).append("\r\n");
  }
}
