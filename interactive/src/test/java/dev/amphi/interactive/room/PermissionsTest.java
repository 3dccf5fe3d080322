package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.PictureChange;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionsTest {
  private static final Map<String, ClientMessage> MEDIA =
      Map.of(
          "offer", new ClientMessage.Offer("v=0", Map.of(), Map.of()),
          "subscribe", new ClientMessage.Subscribe("0", Optional.empty()),
          "mute", new ClientMessage.Mute(Source.CAMERA, true),
          "unpublish", new ClientMessage.Unpublish(Source.CAMERA));

  private static final Map<String, ClientMessage> MODERATION =
      Map.ofEntries(
          Map.entry("moderate", new ClientMessage.Moderate("x", ClientMessage.Action.MUTE)),
          Map.entry("role", new ClientMessage.Promote("x", Role.STUDENT)),
          Map.entry("lock", new ClientMessage.Lock(true)),
          Map.entry("waiting_room", new ClientMessage.WaitingRoom(true)),
          Map.entry("admit", new ClientMessage.Admit("x", true)),
          Map.entry("live", new ClientMessage.Live(true)),
          Map.entry(
              "layout", new ClientMessage.Layout(PictureChange.layout("grid", Optional.empty()))),
          Map.entry("break", new ClientMessage.Break(Optional.empty())),
          Map.entry("recording", new ClientMessage.Recording(true, true)),
          Map.entry("poll", new ClientMessage.Poll("x?", List.of("a", "b"))),
          Map.entry("poll_close", new ClientMessage.PollClose("q_1")),
          Map.entry("poll_clear", new ClientMessage.PollClear("q_1")),
          Map.entry("clear", new ClientMessage.Clear()),
          Map.entry("end", new ClientMessage.End()));

  private static final Map<String, ClientMessage> EVERYBODY =
      Map.of(
          "leave", new ClientMessage.Leave(),
          "ping", new ClientMessage.Ping(),
          "pong", new ClientMessage.Pong());

  private static boolean allowed(ClientMessage message, Role role, StageState state) {
    try {
      Permissions.check(message, role, state);
      return true;
    } catch (Refusal refusal) {
      assertThat(refusal.status()).isEqualTo(403);
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void eachVerbIsForWhomTheTableNames(Role role) {
    Set<StageState> publishing =
        Set.of(StageState.ACCEPTED, StageState.BACKSTAGE, StageState.ON_STAGE);
    for (StageState state : StageState.values()) {
      MEDIA.forEach(
          (verb, message) ->
              assertThat(allowed(message, role, state))
                  .as("%s by %s who is %s", verb, role, state)
                  .isEqualTo(publishing.contains(state)));
      MODERATION.forEach(
          (verb, message) ->
              assertThat(allowed(message, role, state))
                  .as("%s by %s", verb, role)
                  .isEqualTo(role == Role.INSTRUCTOR || role == Role.MODERATOR));
      EVERYBODY.forEach(
          (verb, message) ->
              assertThat(allowed(message, role, state)).as("%s by %s", verb, role).isTrue());
      for (ClientMessage said :
          new ClientMessage[] {new ClientMessage.Chat("x"), new ClientMessage.Reaction("x")}) {
        assertThat(allowed(said, role, state))
            .as("%s by %s who is %s", said, role, state)
            .isEqualTo(state != StageState.WAITING);
      }
      assertThat(allowed(new ClientMessage.Promote("x", Role.MODERATOR), role, state))
          .isEqualTo(role == Role.INSTRUCTOR);
      assertThat(allowed(new ClientMessage.Hand(true), role, state))
          .isEqualTo(role == Role.VIEWER || role == Role.STUDENT);
    }
  }
}
