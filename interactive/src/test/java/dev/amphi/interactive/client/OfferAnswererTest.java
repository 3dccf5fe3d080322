package dev.amphi.interactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.transport.DtlsSetup;
import dev.amphi.interactive.transport.Fingerprint;
import dev.amphi.interactive.transport.LocalParameters;
import java.util.List;
import org.junit.jupiter.api.Test;

class OfferAnswererTest {
  private static final LocalParameters LOCAL =
      new LocalParameters(
          "me", "secret", new Fingerprint("sha-256", "AB:CD"), List.of(), false, DtlsSetup.ACTIVE);

  /** Shaped as Janus's videoroom offers: sound, picture, and something we cannot take. */
  private static final String OFFER =
      """
      v=0
      o=- 1 1 IN IP4 198.18.0.2
      s=VideoRoom 1
      t=0 0
      a=group:BUNDLE 0 1 2
      a=ice-lite
      m=audio 9 UDP/TLS/RTP/SAVPF 111
      c=IN IP4 198.18.0.2
      a=sendonly
      a=mid:0
      a=rtcp-mux
      a=ice-ufrag:them
      a=ice-pwd:theirs
      a=fingerprint:sha-256 11:22
      a=setup:actpass
      a=rtpmap:111 opus/48000/2
      a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
      a=ssrc:5 cname:janus
      a=candidate:1 1 udp 2015363327 198.18.0.2 40000 typ host
      m=video 9 UDP/TLS/RTP/SAVPF 96 97
      a=sendonly
      a=mid:1
      a=rtpmap:96 VP8/90000
      a=rtcp-fb:96 nack pli
      a=rtpmap:97 rtx/90000
      a=fmtp:97 apt=96
      a=extmap:4 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
      a=extmap:9 urn:3gpp:video-orientation
      m=video 9 UDP/TLS/RTP/SAVPF 45
      a=mid:2
      a=rtpmap:45 AV1/90000
      """;

  private final AnswerReader offer = new AnswerReader(OFFER);
  private final String answer = OfferAnswerer.answer(offer, LOCAL);

  @Test
  void takesSoundAndPictureWithTheirRetransmissions() {
    assertThat(answer.lines())
        .contains(
            "a=group:BUNDLE 0 1",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "m=video 9 UDP/TLS/RTP/SAVPF 96 97",
            "a=setup:active",
            "a=recvonly",
            "a=ice-ufrag:me",
            "a=rtcp-fb:96 nack pli",
            "a=fmtp:97 apt=96");
  }

  @Test
  void refusesWhatItCannotTake() {
    assertThat(answer.lines())
        .containsSubsequence("m=video 0 UDP/TLS/RTP/SAVPF 45", "a=inactive", "a=mid:2")
        .noneMatch(line -> line.contains("video-orientation"));
  }

  @Test
  void readsThePathAndHowToCount() {
    assertThat(offer.remote().ufrag()).isEqualTo("them");
    assertThat(offer.remote().candidates()).hasSize(1);
    assertThat(offer.extensionId(HeaderExtension.TRANSPORT_CC)).isEqualTo(4);
    assertThat(offer.extensionId(HeaderExtension.AUDIO_LEVEL)).isZero();
    assertThat(offer.retransmissionTypes()).containsExactly(97);
  }
}
