package dev.amphi.interactive.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.api.ClientDigest;
import dev.amphi.interactive.api.ClientDigest.Candidate;
import dev.amphi.interactive.api.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientDigestCodecTest {
  private static final String WHOLE =
      "{\"seconds\":10.0,\"last\":true,"
          + "\"path\":{\"local\":\"relay\",\"remote\":\"host\",\"protocol\":\"udp\","
          + "\"relay_protocol\":\"tls\",\"rtt_ms\":41.5},"
          + "\"tracks\":[{\"direction\":\"up\",\"kind\":\"video\",\"rid\":\"q\",\"codec\":\"VP8\","
          + "\"width\":320,\"height\":180,\"fps\":29.5,\"frames\":295,\"packets\":900,\"lost\":3,"
          + "\"jitter_ms\":2.5,\"limited\":\"bandwidth\",\"encoder\":\"libvpx\","
          + "\"retransmitted\":2},"
          + "{\"direction\":\"down\",\"kind\":\"audio\",\"codec\":\"opus\",\"packets\":500,"
          + "\"lost\":0,\"buffer_ms\":45.0,\"samples\":480000,\"concealed\":960},"
          + "{\"direction\":\"down\",\"kind\":\"video\",\"codec\":\"VP8\",\"width\":640,"
          + "\"height\":360,\"fps\":30.0,\"frames\":300,\"dropped\":1,\"freezes\":2,"
          + "\"freeze_ms\":700.0,\"buffer_ms\":60.0}]}";

  private final ClientDecoder decoder = new ClientDecoder();

  @Test
  void whatIsKnownComesBackAsItWas() throws Refusal {
    assertThat(ClientDigestCodec.write(read(WHOLE.substring(1)))).hasToString(WHOLE);
  }

  @Test
  void whatIsNotKnownIsKeptNowhere() throws Refusal {
    ClientDigest digest =
        read(
            "\"seconds\":10,\"label\":\"Ada's camera\",\"path\":{\"local\":\"host\","
                + "\"address\":\"192.0.2.7\"},\"tracks\":[{\"direction\":\"up\","
                + "\"kind\":\"audio\",\"deviceId\":\"mic 1\"}]}");

    assertThat(digest.path().local()).isEqualTo(Candidate.HOST);
    assertThat(ClientDigestCodec.write(digest))
        .hasToString(
            "{\"seconds\":10.0,\"path\":{\"local\":\"host\"},"
                + "\"tracks\":[{\"direction\":\"up\",\"kind\":\"audio\"}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"tracks\":[]}|'seconds' must be above 0",
        "\"seconds\":-1}|'seconds' must be a number from 0 to 3600",
        "\"seconds\":\"10\"}|'seconds' must be a number",
        "\"seconds\":1e308}|'seconds' must be a number",
        "\"seconds\":10,\"tracks\":{}}|'tracks' must be a list of at most 32",
        "\"seconds\":10,\"tracks\":[1]}|'tracks' must hold objects",
        "\"seconds\":10,\"tracks\":[{\"kind\":\"audio\"}]}|'direction' is missing",
        "\"seconds\":10,\"tracks\":[{\"direction\":\"up\",\"kind\":\"smell\"}]}|'kind' cannot be",
        "\"seconds\":10,\"path\":{\"local\":\"192.0.2.7\"}}|'local' cannot be",
        "\"seconds\":10,\"tracks\":[{\"direction\":\"up\",\"kind\":\"video\","
            + "\"encoder\":\"ada@example.org\"}]}|'encoder' cannot be",
        "\"seconds\":10,\"tracks\":[{\"direction\":\"up\",\"kind\":\"video\","
            + "\"frames\":1e15}]}|'frames' must be a number",
      })
  void refusesWithASentence(String fields, String sentence) {
    assertThatThrownBy(() -> read(fields))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void moreTracksThanAnybodyHasAreRefused() {
    String track = "{\"direction\":\"down\",\"kind\":\"audio\"}";
    String many = (track + ",").repeat(ClientDigestCodec.MAX_TRACKS) + track;

    assertThatThrownBy(() -> read("\"seconds\":10,\"tracks\":[" + many + "]}"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("at most 32");
  }

  private ClientDigest read(String fields) throws Refusal {
    ClientMessage message = decoder.decode("{\"type\":\"stats\",\"n\":2," + fields).message();
    return ((ClientMessage.Stats) message).digest();
  }
}
