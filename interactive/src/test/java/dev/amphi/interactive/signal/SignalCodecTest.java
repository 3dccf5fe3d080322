package dev.amphi.interactive.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.PictureChange;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.RoomStatus;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.interactive.api.TrackView.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalCodecTest {
  private final ClientDecoder decoder = new ClientDecoder();
  private final ServerEncoder encoder = new ServerEncoder();

  @Test
  void readsAHelloThatResumes() throws Refusal {
    assertThat(
            decoder.decode(
                "{\"type\":\"hello\",\"n\":1,\"room\":\"demo\",\"name\":\"Ada\",\"guest\":\"g_1\","
                    + "\"resume\":{\"session\":\"s_1\",\"last\":41}}"))
        .isEqualTo(
            new ClientEnvelope(
                1,
                0,
                new ClientMessage.Hello(
                    "demo",
                    Optional.empty(),
                    Optional.of("Ada"),
                    Optional.of("g_1"),
                    Optional.of(new ClientMessage.Resume("s_1", 41)))));
  }

  @Test
  void readsAnOffer() throws Refusal {
    assertThat(
            decoder
                .decode(
                    "{\"type\":\"offer\",\"n\":2,\"ack\":1,\"sdp\":\"v=0\","
                        + "\"publish\":{\"0\":\"camera\"},\"subscribe\":{\"1\":\"t1\",\"2\":null}}")
                .message())
        .isEqualTo(new ClientMessage.Offer("v=0", Map.of("0", Source.CAMERA), Map.of("1", "t1")));
  }

  @Test
  void readsWhoIsHidden() throws Refusal {
    String start = "{\"type\":\"layout\",\"n\":2,\"layout\":\"grid\",\"spotlight\":\"ada\"";
    assertThat(decoder.decode(start + "}").message())
        .isEqualTo(new ClientMessage.Layout(PictureChange.layout("grid", Optional.of("ada"))));
    assertThat(decoder.decode(start + ",\"hidden\":[\"b\",\"c\",\"b\"]}").message())
        .isEqualTo(
            new ClientMessage.Layout(
                new PictureChange(
                    Optional.of("grid"),
                    Optional.of("ada"),
                    Optional.of(Set.of("b", "c")),
                    Set.of(),
                    Set.of())));
    assertThatThrownBy(
            () -> decoder.decode(start + ",\"hidden\":[" + "\"x\",".repeat(64) + "\"x\"]}"))
        .hasMessageContaining("at most 64 texts");
  }

  @Test
  void readsAWishOfThePictureThatLeavesTheRestAsItIs() throws Refusal {
    Optional<String> same = Optional.empty();
    assertThat(
            decoder
                .decode("{\"type\":\"layout\",\"n\":2,\"spotlight\":\"\",\"hide\":[\"ben\"]}")
                .message())
        .isEqualTo(
            new ClientMessage.Layout(
                new PictureChange(
                    same, Optional.of(""), Optional.empty(), Set.of("ben"), Set.of())));
    assertThat(decoder.decode("{\"type\":\"layout\",\"n\":3,\"show\":[\"ben\"]}").message())
        .isEqualTo(
            new ClientMessage.Layout(
                new PictureChange(same, same, Optional.empty(), Set.of(), Set.of("ben"))));
    assertThatThrownBy(() -> decoder.decode("{\"type\":\"layout\",\"n\":2}"))
        .hasMessage("Say at least one of 'layout', 'spotlight', 'hidden', 'hide' and 'show'.");
  }

  @Test
  void readsAQuestionWithItsAnswersOnALineEach() throws Refusal {
    String start = "{\"type\":\"poll\",\"n\":2,\"question\":\" Is it\\nso? \",\"options\":";
    assertThat(decoder.decode(start + "[\"yes\",\" no \",\"\",\"no\"]}").message())
        .isEqualTo(new ClientMessage.Poll("Is it so?", List.of("yes", "no")));
    assertThatThrownBy(() -> decoder.decode(start + "[\"yes\",\" \"]}"))
        .hasMessageContaining("2 to 8 different answers");
    assertThatThrownBy(() -> decoder.decode(start + "[" + "\"x\",".repeat(8) + "\"y\"]}"))
        .hasMessageContaining("at most 8 texts");
    assertThat(
            decoder
                .decode("{\"type\":\"vote\",\"n\":2,\"poll\":\"q_1\",\"option\":99999999999}")
                .message())
        .isEqualTo(new ClientMessage.Vote("q_1", Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|must be one JSON object",
        "{\"type\":\"hello\",\"n\":1|not JSON within the limits",
        "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}|not JSON within",
        "{\"n\":1}|'type' is missing",
        "{\"type\":\"dance\",\"n\":1}|no message of type 'dance'",
        "{\"type\":\"hand\",\"n\":0,\"raised\":true}|'n' must be a whole number from 1",
        "{\"type\":\"hand\",\"n\":1}|'raised' must be true or false",
        "{\"type\":\"hand\",\"n\":1,\"raised\":\"yes\"}|'raised' must be true or false",
        "{\"type\":\"stage\",\"n\":1,\"participant\":\"a\",\"to\":\"moon\"}|'to' cannot be 'moon'",
        "{\"type\":\"mute\",\"n\":1,\"source\":\"nose\",\"muted\":true}|'source' cannot be 'nose'",
        "{\"type\":\"view\",\"n\":1,\"sizes\":{\"3\":7}}|'sizes.'3'' is not an object",
        "{\"type\":\"view\",\"n\":1,\"sizes\":{\"3\":{\"width\":4}}}|'height' must be a whole",
        "{\"type\":\"layout\",\"n\":1,\"layout\":\"grid\",\"hidden\":\"a\"}|'hidden' must be a list of",
        "{\"type\":\"layout\",\"n\":1,\"layout\":\"grid\",\"hidden\":[{}]}|'hidden' must hold texts",
        "{\"type\":\"reaction\",\"n\":1,\"emoji\":\"ab\"}|one character as people count",
        "{\"type\":\"offer\",\"n\":1,\"sdp\":\"v\",\"publish\":[]}|'publish' must be an object",
      })
  void refusesWhatHasNotTheDocumentedForm(String text, String sentence) {
    assertThatThrownBy(() -> decoder.decode(text))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("malformed");
              assertThat(refusal.detail()).contains(sentence);
            });
  }

  @Test
  void readsTheSizesAtWhichSlotsAreShown() throws Refusal {
    assertThat(
            decoder
                .decode(
                    "{\"type\":\"view\",\"n\":2,\"sizes\":{\"3\":{\"width\":320,\"height\":180},"
                        + "\"4\":{\"width\":0,\"height\":99999999999}}}")
                .message())
        .isEqualTo(
            new ClientMessage.View(
                Map.of(
                    "3",
                    new ClientMessage.Size(320, 180),
                    "4",
                    new ClientMessage.Size(0, 16_384))));
  }

  @Test
  void aMessageThatIsTooLongForAChatIsRefused() {
    String text = "{\"type\":\"chat\",\"n\":1,\"text\":\"" + "x".repeat(2001) + "\"}";
    assertThatThrownBy(() -> decoder.decode(text)).hasMessageContaining("2001 characters");
  }

  @Test
  void spellsAnErrorAsDocumented() {
    assertThat(
            encoder.number(
                encoder.body(new ServerMessage.Failed("not_allowed", 403, "No.")), 9, 4, 4))
        .isEqualTo(
            "{\"type\":\"error\",\"code\":\"not_allowed\",\"status\":403,\"title\":\"Not allowed\","
                + "\"detail\":\"No.\",\"n\":9,\"ack\":4,\"re\":4}");
  }

  @Test
  void readsABreakAndItsEnd() throws Refusal {
    assertThat(
            decoder
                .decode("{\"type\":\"break\",\"n\":1,\"until\":\"2026-11-01T11:45:00+01:00\"}")
                .message())
        .isEqualTo(new ClientMessage.Break(Optional.of(Instant.parse("2026-11-01T10:45:00Z"))));
    assertThat(decoder.decode("{\"type\":\"break\",\"n\":1,\"until\":null}").message())
        .isEqualTo(new ClientMessage.Break(Optional.empty()));
    assertThatThrownBy(() -> decoder.decode("{\"type\":\"break\",\"n\":1,\"until\":\"noon\"}"))
        .hasMessageContaining("must be a time with its zone");
  }

  @Test
  void tellsAPatchWhenABreakEnds() {
    RoomStatus live = new RoomStatus("demo", "Demo", "live", "open", true, false, "auto", 1);
    Instant until = Instant.parse("2026-11-01T10:45:00Z");
    RoomStatus paused =
        new RoomStatus("demo", "Demo", "live", "open", true, false, "auto", 1, null, until);
    ServerState state = new ServerState(live);
    ServerState.Changes begun =
        state.advance(paused, 0, false, false, List.of(), List.of(), Map.of());
    assertThat(begun.of(null, state.outside()).orElseThrow())
        .contains("\"break_until\":\"2026-11-01T10:45:00.000Z\"");
    ServerState.Changes over = state.advance(live, 0, false, false, List.of(), List.of(), Map.of());
    assertThat(over.of(null, state.outside()).orElseThrow()).contains("\"break_until\":null");
  }

  @Test
  void spellsAParticipantWithItsHandAndTracks() {
    ParticipantView ada =
        new ParticipantView(
            "ada",
            "Ada",
            Role.VIEWER,
            StageState.REQUESTED,
            List.of(
                new TrackView(
                    "t1", "ada", TrackView.Kind.VIDEO, Source.SCREEN, TrackView.Codec.VP8, false)));
    ServerMessage.Person person =
        new ServerMessage.Person(ada, Optional.of(Instant.parse("2026-11-01T10:00:00Z")), false);
    RoomStatus before = new RoomStatus("demo", "Demo", "lobby", "open", false, false, "speaker", 1);
    RoomStatus status =
        new RoomStatus(
            "demo",
            "Demo",
            "lobby",
            "open",
            false,
            false,
            "speaker",
            "ada",
            List.of("eve"),
            1,
            null,
            null,
            Optional.empty());
    ServerState state = new ServerState(before);
    ServerState.View told = state.moderating();
    String body =
        state
            .advance(status, 0, false, false, List.of(person), List.of(), Map.of())
            .of(told, state.moderating())
            .orElseThrow();
    assertThat(encoder.number(body, 1, 0, 0))
        .isEqualTo(
            "{\"type\":\"changes\",\"v\":2,\"room\":{\"spotlight\":\"ada\",\"hidden\":[\"eve\"]},"
                + "\"participants\":[{\"id\":\"ada\",\"name\":\"Ada\","
                + "\"role\":\"viewer\",\"state\":\"requested\",\"tracks\":[{\"id\":\"t1\","
                + "\"kind\":\"video\",\"source\":\"screen\",\"codec\":\"vp8\",\"muted\":false}],"
                + "\"hand_at\":\"2026-11-01T10:00:00.000Z\"}],\"n\":1,\"ack\":0}");
  }
}
