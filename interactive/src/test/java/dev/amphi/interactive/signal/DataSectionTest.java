package dev.amphi.interactive.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.transport.DtlsSetup;
import dev.amphi.interactive.transport.Fingerprint;
import dev.amphi.interactive.transport.LocalParameters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Data channels in offer and answer. */
class DataSectionTest {
  private static final String OFFER =
      """
      v=0
      o=- 1 2 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0
      m=application 9 UDP/DTLS/SCTP webrtc-datachannel
      c=IN IP4 0.0.0.0
      a=ice-ufrag:abcd
      a=ice-pwd:abcdefghijklmnopqrstuv
      a=fingerprint:sha-256 AA:BB
      a=setup:actpass
      a=mid:0
      a=sctp-port:5000
      a=max-message-size:262144
      """;

  private static Negotiation negotiate(String offer, boolean wanted) throws Refusal {
    return Negotiator.negotiate(
        SdpParser.parse(offer),
        new Terms() {
          @Override
          public boolean receive(String mid, Kind kind) {
            return false;
          }

          @Override
          public boolean sendBack(String mid) {
            return false;
          }

          @Override
          public boolean data() {
            return wanted;
          }

          @Override
          public SlotSources slot(String mid) {
            throw new AssertionError("No slot is needed");
          }
        });
  }

  @Test
  void theAnswerTakesTheSectionAndSaysPortAndSize() throws Refusal {
    Negotiation negotiation = negotiate(OFFER, true);
    LocalParameters local =
        new LocalParameters(
            "ufrg",
            "0123456789abcdef012345",
            new Fingerprint("sha-256", "CC:DD"),
            List.of("candidate:1 1 udp 2130706431 192.0.2.1 10000 typ host"),
            true,
            DtlsSetup.PASSIVE);
    assertThat(negotiation.data()).isTrue();
    assertThat(AnswerWriter.write(negotiation, local, 1, 1).lines())
        .containsSubsequence(
            "a=group:BUNDLE 0",
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
            "a=setup:passive",
            "a=candidate:1 1 udp 2130706431 192.0.2.1 10000 typ host",
            "a=mid:0",
            "a=sctp-port:5000",
            "a=max-message-size:65536")
        .noneMatch(line -> line.startsWith("a=rtcp"));
  }

  @Test
  void whereNoDataIsWantedTheSectionIsRejected() {
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> negotiate(OFFER, false));
  }

  @Test
  void anotherPortOrProtocolIsRejected() {
    for (String offer :
        List.of(
            OFFER.replace("sctp-port:5000", "sctp-port:6000"),
            OFFER.replace("UDP/DTLS/SCTP", "DTLS/SCTP 5000"),
            OFFER.replace("webrtc-datachannel", "other"))) {
      assertThatExceptionOfType(Refusal.class).isThrownBy(() -> negotiate(offer, true));
    }
  }
}
