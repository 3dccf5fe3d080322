package dev.amphi.interactive.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.transport.DtlsSetup;
import dev.amphi.interactive.transport.Fingerprint;
import dev.amphi.interactive.transport.LocalParameters;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Redundancy that browsers offer: RED and in-band FEC for sound, FlexFEC for pictures. */
class RedundancyNegotiationTest {
  private static final LocalParameters LOCAL =
      new LocalParameters(
          "ufrag",
          "password",
          new Fingerprint("sha-256", "AA"),
          List.of(),
          true,
          DtlsSetup.PASSIVE);

  private static final Terms TERMS =
      new Terms() {
        @Override
        public boolean receive(String mid, Kind kind) {
          return true;
        }

        @Override
        public boolean sendBack(String mid) {
          return false;
        }

        @Override
        public SlotSources slot(String mid) {
          return new SlotSources(11, 12, 13, "amphi", "-");
        }
      };

  private static Negotiation negotiate(String sdp) throws Refusal {
    return Negotiator.negotiate(SdpParser.parse(sdp), TERMS);
  }

  private static String answer(Negotiation negotiation) {
    return AnswerWriter.write(negotiation, LOCAL, 1, 1);
  }

  private static Outgoing outgoing(Negotiation negotiation, int section) {
    return Objects.requireNonNull(negotiation.sections().get(section).outgoing());
  }

  private static Incoming incoming(Negotiation negotiation, int section) {
    return Objects.requireNonNull(negotiation.sections().get(section).incoming());
  }

  @Test
  void soundIsTakenWithRedundancyFirst() throws Refusal {
    Negotiation chromium = negotiate(SdpText.of("chromium-plain"));
    assertThat(incoming(chromium, 0).format().redundancyType()).isEqualTo(63);
    assertThat(answer(chromium))
        .contains("m=audio 9 UDP/TLS/RTP/SAVPF 63 111\r\n")
        .contains("a=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\n")
        .contains("a=fmtp:111 minptime=10;useinbandfec=1\r\n");
  }

  @Test
  void aSlotOfSoundLeavesTheChoiceToTheServer() throws Refusal {
    Negotiation chromium = negotiate(SdpText.of("chromium-simulcast"));
    assertThat(outgoing(chromium, 2).formats().getFirst().redundancyType()).isEqualTo(63);
    assertThat(outgoing(chromium, 2).parityType()).isEqualTo(-1);
    assertThat(answer(chromium)).contains("m=audio 9 UDP/TLS/RTP/SAVPF 111 63\r\n");
  }

  @Test
  void aSlotOfPicturesHasAStreamOfParity() throws Refusal {
    Negotiation chromium = negotiate(SdpText.of("chromium-simulcast"));
    assertThat(outgoing(chromium, 3).parityType()).isEqualTo(49);
    String answer = answer(chromium);
    String slot = answer.substring(answer.lastIndexOf("m=video"));
    assertThat(slot)
        .containsPattern("m=video 9 UDP/TLS/RTP/SAVPF .* 49\r\n")
        .containsOnlyOnce("a=rtpmap:49 flexfec-03/90000\r\na=fmtp:49 repair-window=10000000\r\n")
        .contains("a=ssrc-group:FEC-FR 11 13\r\n")
        .contains("a=ssrc:13 cname:amphi\r\n");
  }

  @Test
  void noParityIsTakenFromBrowsers() throws Refusal {
    String offer = SdpText.of("chromium-simulcast").replace("a=recvonly", "a=sendrecv");
    Negotiation chromium = negotiate(offer);
    assertThat(incoming(chromium, 3).format().redundancyType()).isEqualTo(-1);
    assertThat(answer(chromium)).doesNotContain("flexfec").doesNotContain("ulpfec");
  }

  @Test
  void redThatHoldsSomethingElseIsNotTaken() throws Refusal {
    for (String held : new String[] {"111/0", "0/0", "", "111/111/0"}) {
      String offer = SdpText.of("chromium-plain").replace("a=fmtp:63 111/111", "a=fmtp:63 " + held);
      Negotiation chromium = negotiate(offer);
      assertThat(incoming(chromium, 0).format().redundancyType()).as(held).isEqualTo(-1);
      assertThat(answer(chromium)).contains("m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n");
    }
  }

  @Test
  void whoOffersStereoOrSilenceUnsentKeepsIt() throws Refusal {
    String offer =
        SdpText.of("chromium-plain").replace("useinbandfec=1", "useinbandfec=1;stereo=1;usedtx=1");
    assertThat(answer(negotiate(offer)))
        .contains("a=fmtp:111 minptime=10;useinbandfec=1;stereo=1;usedtx=1\r\n");
    assertThat(answer(negotiate(offer.replace("stereo=1;usedtx=1", "stereo=0;usedtx=0"))))
        .contains("a=fmtp:111 minptime=10;useinbandfec=1\r\n");
  }
}
