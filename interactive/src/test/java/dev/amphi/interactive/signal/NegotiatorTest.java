package dev.amphi.interactive.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.transport.DtlsSetup;
import dev.amphi.interactive.transport.Fingerprint;
import dev.amphi.interactive.transport.LocalParameters;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiatorTest {
  private static final LocalParameters LOCAL =
      new LocalParameters(
          "ufrg",
          "0123456789abcdef012345",
          new Fingerprint("sha-256", "AA:BB"),
          List.of("candidate:1 1 udp 2130706431 192.0.2.1 10000 typ host"),
          true,
          DtlsSetup.PASSIVE);

  private static final Terms EVERYTHING = terms(Set.of("0", "1"));

  private static Terms terms(Set<String> received) {
    return new Terms() {
      @Override
      public boolean receive(String mid, Kind kind) {
        return received.contains(mid);
      }

      @Override
      public boolean sendBack(String mid) {
        return false;
      }

      @Override
      public SlotSources slot(String mid) {
        int number = mid.hashCode() & 0xFFFF;
        return new SlotSources(1000 + number, 2000 + number, 3000 + number, "amphi", "-");
      }
    };
  }

  private static Negotiation negotiate(String offer) throws Refusal {
    return Negotiator.negotiate(SdpParser.parse(offer), EVERYTHING);
  }

  private static Incoming incoming(Negotiation negotiation, int section) {
    return Objects.requireNonNull(negotiation.sections().get(section).incoming());
  }

  private static Outgoing outgoing(Negotiation negotiation, int section) {
    return Objects.requireNonNull(negotiation.sections().get(section).outgoing());
  }

  @Test
  void takesOpusAndVp8WithRetransmissionFromChromium() throws Refusal {
    Negotiation chromium = negotiate(SdpText.of("chromium-plain"));

    assertThat(incoming(chromium, 0).format())
        .isEqualTo(
            new PayloadFormat(
                Codec.OPUS, 111, -1, 63, "minptime=10;useinbandfec=1", List.of("transport-cc")));
    Incoming video = incoming(chromium, 1);
    assertThat(video.format())
        .isEqualTo(
            new PayloadFormat(
                Codec.VP8, 96, 97, -1, "", List.of("transport-cc", "ccm fir", "nack", "nack pli")));
    assertThat(video.ssrc()).isEqualTo(2249725499L);
    assertThat(video.retransmissionSsrc()).isEqualTo(99084790L);
    assertThat(video.extensions().id(HeaderExtension.MID)).isEqualTo(4);
    assertThat(video.extensions().id(HeaderExtension.RID)).isZero();
    assertThat(video.transportFeedback()).isTrue();
    assertThat(chromium.extensions().id(HeaderExtension.TRANSPORT_CC)).isEqualTo(3);
    assertThat(chromium.remote().ufrag()).hasSize(4);
    assertThat(chromium.remote().setup()).isEqualTo(DtlsSetup.ACTPASS);
  }

  @Test
  void theDataChannelIsRejectedWithPortZeroInItsPlace() throws Refusal {
    String answer = AnswerWriter.write(negotiate(SdpText.of("chromium-plain")), LOCAL, 1, 1);
    assertThat(answer)
        .contains("m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n")
        .contains("a=group:BUNDLE 0 1\r\n");
    assertThat(SdpParser.parse(answer).mids()).containsExactly("0", "1", "2");
  }

  @Test
  void takesEveryLayerOfASimulcast() throws Refusal {
    Negotiation chromium = negotiate(SdpText.of("chromium-simulcast"));
    assertThat(incoming(chromium, 1).rids()).containsExactly("q", "h", "f");
    assertThat(incoming(chromium, 1).ssrc()).isEqualTo(-1);
    assertThat(incoming(chromium, 1).extensions().id(HeaderExtension.RID)).isEqualTo(10);
    assertThat(incoming(chromium, 1).extensions().id(HeaderExtension.REPAIRED_RID)).isEqualTo(11);
    assertThat(AnswerWriter.write(chromium, LOCAL, 1, 1))
        .contains("a=rid:q recv\r\na=rid:h recv\r\na=rid:f recv\r\na=simulcast:recv q;h;f\r\n");
  }

  @Test
  void takesThreeLayersAtMostEachOnceAndThoseThatBeginPaused() throws Refusal {
    String offer =
        SdpText.of("chromium-simulcast")
            .replace("a=simulcast:send q;h;f", "a=simulcast:send ~q;q;h,x;bad!;f recv y");
    assertThat(incoming(negotiate(offer), 1).rids()).containsExactly("q", "h", "f");
    String many =
        SdpText.of("chromium-simulcast").replace("send q;h;f", "send a;a;b,x;c;d;e recv y");
    assertThat(incoming(negotiate(many), 1).rids()).containsExactly("a", "b", "c");
  }

  @Test
  void aSimulcastWithoutTheRidExtensionIsOneStream() throws Refusal {
    String offer =
        SdpText.of("chromium-simulcast").replace("sdes:rtp-stream-id", "sdes:something-else");
    assertThat(incoming(negotiate(offer), 1).rids()).isEmpty();
  }

  @Test
  void aSlotCanShowEveryCodingThatTheBrowserDecodes() throws Refusal {
    Negotiation chromium = negotiate(SdpText.of("chromium-simulcast"));
    Outgoing slot = outgoing(chromium, 3);
    assertThat(slot.format(Codec.VP8).orElseThrow().payloadType()).isEqualTo(96);
    PayloadFormat h264 = slot.format(Codec.H264).orElseThrow();
    assertThat(h264.payloadType()).as("constrained baseline before baseline").isEqualTo(108);
    assertThat(h264.retransmissionType()).isEqualTo(109);
    assertThat(h264.feedback()).containsExactly("transport-cc", "ccm fir", "nack", "nack pli");
    assertThat(AnswerWriter.write(chromium, LOCAL, 1, 1))
        .contains(
            "a=ssrc-group:FID " + slot.sources().ssrc() + " " + slot.sources().retransmissionSsrc())
        .contains("profile-level-id=42e01f");
  }

  @Test
  void whatASlotSendsIsReportedOnByTransportFeedback() throws Refusal {
    Outgoing slot = outgoing(negotiate(SdpText.of("chromium-simulcast")), 3);
    assertThat(slot.extensions().id(HeaderExtension.TRANSPORT_CC)).isEqualTo(3);
    assertThat(slot.extensions().id(HeaderExtension.ABS_SEND_TIME)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=extmap:3 http://www.ietf.org", "a=rtcp-fb:108 transport-cc"})
  void aSlotWithoutTransportFeedbackIsEstimatedByItsReceiver(String missing) throws Refusal {
    String offer = SdpText.of("chromium-simulcast");
    for (String line : offer.split("\r?\n", -1)) {
      boolean feedback = missing.contains("rtcp-fb") && line.endsWith(" transport-cc");
      if (line.startsWith(missing) || feedback) {
        offer = offer.replace(line, "a=x-nothing");
      }
    }
    Outgoing slot = outgoing(negotiate(offer), 3);
    assertThat(slot.format(Codec.VP8).orElseThrow().feedback())
        .contains("goog-remb")
        .doesNotContain("transport-cc");
    assertThat(slot.extensions().id(HeaderExtension.TRANSPORT_CC)).isZero();
    assertThat(slot.extensions().id(HeaderExtension.ABS_SEND_TIME)).isEqualTo(2);
  }

  @Test
  void understandsFirefoxWithBundleOnlySectionsAndItsFingerprintAtTheTop() throws Refusal {
    Negotiation firefox = negotiate(SdpText.of("firefox"));
    assertThat(incoming(firefox, 0).format().payloadType()).isEqualTo(109);
    assertThat(incoming(firefox, 1).format().payloadType()).isEqualTo(120);
    assertThat(incoming(firefox, 1).format().retransmissionType()).isEqualTo(124);
    assertThat(outgoing(firefox, 3).format(Codec.H264).orElseThrow().payloadType()).isEqualTo(126);
    assertThat(firefox.sections()).allMatch(Section::accepted);
    assertThat(firefox.remote().ufrag()).isEqualTo("5f0c2e9d");
  }

  @Test
  void takesSafarisConstrainedBaselineAndNotItsHighProfile() throws Refusal {
    Negotiation safari = negotiate(SdpText.of("safari"));
    assertThat(incoming(safari, 1).format().codec()).isEqualTo(Codec.H264);
    assertThat(incoming(safari, 1).format().payloadType()).isEqualTo(98);
    assertThat(safari.sections().get(1).direction()).isEqualTo(Direction.RECVONLY);
  }

  @Test
  void takesABroadcastToolWithoutExtensions() throws Refusal {
    Negotiation tool = negotiate(SdpText.of("libdatachannel"));
    assertThat(incoming(tool, 1).ssrc()).isEqualTo(1871033418L);
    assertThat(incoming(tool, 1).transportFeedback()).isFalse();
    assertThat(AnswerWriter.write(tool, LOCAL, 1, 1)).doesNotContain("extmap");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"chromium-plain", "chromium-simulcast", "firefox", "safari", "libdatachannel"})
  void theAnswerHasTheOffersSectionsAndOnlyItsPayloadTypesAndExtensions(String peer)
      throws Refusal {
    SessionDescription offer = SdpParser.parse(SdpText.of(peer));
    String text = AnswerWriter.write(Negotiator.negotiate(offer, EVERYTHING), LOCAL, 7, 1);
    SessionDescription answer = SdpParser.parse(text);

    assertThat(answer.mids()).isEqualTo(offer.mids());
    assertThat(text).startsWith("v=0\r\no=- 7 1 IN IP4").contains("a=ice-lite\r\n");
    assertThat(text.split("a=candidate:", -1)).as("candidates once").hasSize(2);
    for (int i = 0; i < offer.sections().size(); i++) {
      MediaDescription asked = offer.sections().get(i);
      MediaDescription given = answer.sections().get(i);
      assertThat(asked.formats()).containsAll(given.formats());
      assertThat(asked.attributes().all("extmap"))
          .containsAll(given.attributes().all("extmap").toList());
      if (!given.rejected()) {
        assertThat(given.attributes().first("setup")).contains("passive");
        assertThat(given.attributes().has("rtcp-mux")).isTrue();
      }
    }
  }

  @Test
  void whatIsNotWantedIsTakenInactive() throws Refusal {
    Negotiation viewer =
        Negotiator.negotiate(SdpParser.parse(SdpText.of("chromium-simulcast")), terms(Set.of()));
    assertThat(viewer.sections().get(0).direction()).isEqualTo(Direction.INACTIVE);
    assertThat(viewer.sections().get(2).direction()).isEqualTo(Direction.SENDONLY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=group:BUNDLE 0 1 2=>Section 0 is not in the BUNDLE group",
        "a=rtcp-mux=>Section 0 lacks a=rtcp-mux",
        "a=ice-ufrag:LeHZ=>no a=ice-ufrag",
        "a=fingerprint:sha-256=>fingerprint is 'sha-1'",
        "a=setup:actpass=>a=setup:passive",
      })
  void refusesWhatCannotWork(String row) {
    String line = row.split("=>", 2)[0];
    String sentence = row.split("=>", 2)[1];
    String instead =
        line.startsWith("a=fingerprint")
            ? "a=fingerprint:sha-1"
            : line.startsWith("a=setup") ? "a=setup:passive" : "a=x-nothing";
    String offer = SdpText.of("chromium-plain").replace(line, instead);
    assertThatThrownBy(() -> negotiate(offer))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void takesVp9FromWhoPrefersItAndForwardsItToWhoDecodesIt() throws Refusal {
    String offer =
        SdpText.of("chromium-simulcast").replace("a=rtpmap:96 VP8/90000", "a=rtpmap:96 VP9/90000");
    Negotiation chromium = negotiate(offer);
    assertThat(incoming(chromium, 1).format().codec()).isEqualTo(Codec.VP9);
    assertThat(incoming(chromium, 1).format().parameters()).isEqualTo("profile-id=0");
    Outgoing slot = outgoing(negotiate(SdpText.of("chromium-simulcast")), 3);
    PayloadFormat vp9 = slot.format(Codec.VP9).orElseThrow();
    assertThat(vp9.payloadType()).as("profile 0, not 1 to 3").isEqualTo(98);
    assertThat(slot.formats().getFirst().codec()).as("the browser's order").isEqualTo(Codec.VP8);
  }

  @Test
  void takesAv1FromWhoPrefersItAndForwardsItToWhoDecodesIt() throws Refusal {
    String offer =
        SdpText.of("chromium-simulcast").replace("a=rtpmap:96 VP8/90000", "a=rtpmap:96 AV1/90000");
    assertThat(incoming(negotiate(offer), 1).format().codec()).isEqualTo(Codec.AV1);
    Outgoing slot = outgoing(negotiate(SdpText.of("chromium-simulcast")), 3);
    PayloadFormat av1 = slot.format(Codec.AV1).orElseThrow();
    assertThat(av1.parameters()).startsWith("profile=0;level-idx=");
    assertThat(slot.formats().getLast().codec()).as("the browser's order").isEqualTo(Codec.AV1);
  }

  @Test
  void takesDependencyDescriptorsWithAv1AndWhereHeadersMayChangeTheirForm() throws Refusal {
    HeaderExtension dependencies = HeaderExtension.DEPENDENCY_DESCRIPTOR;
    String vp8 = SdpText.of("chromium-simulcast");
    String av1 = vp8.replace("a=rtpmap:96 VP8/90000", "a=rtpmap:96 AV1/90000");
    assertThat(incoming(negotiate(vp8), 1).extensions().id(dependencies)).isZero();
    assertThat(incoming(negotiate(av1), 1).extensions().id(dependencies)).isEqualTo(12);
    assertThat(outgoing(negotiate(vp8), 3).extensions().id(dependencies)).isEqualTo(12);
    Negotiation narrow = negotiate(av1.replace("a=extmap-allow-mixed", "a=x-nothing"));
    assertThat(incoming(narrow, 1).extensions().id(dependencies)).isZero();
    assertThat(outgoing(narrow, 3).extensions().id(dependencies)).isZero();
  }

  @Test
  void saysWhichCodingsItFoundWhenItSpeaksNone() {
    String offer =
        SdpText.of("libdatachannel").replace("opus/48000/2", "PCMU/8000").replace("H264", "H265");
    assertThatThrownBy(() -> negotiate(offer))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("'audio' has PCMU; 'video' has H265");
  }
}
