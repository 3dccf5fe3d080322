package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.server.web.RestClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that stops and comes back with the same folder. */
@Timeout(120)
class RestartIT {

  @Test
  void aClassIsOpenAgainAndItsPeopleAreToldToComeBack(@TempDir Path folder) throws Exception {
    String token;
    Ear ada = new Ear();
    try (AmphiNode node = TestNodes.start(folder)) {
      token = TestNodes.token(node, "maths", "instructor", "Ada");
      RestClient client = new RestClient(node.localOrigin());
      client.json("POST", "/api/rooms", token, "{\"title\":\"Maths\",\"audience\":\"token\"}");
      client.json(
          "PUT", "/api/rooms/maths/layout", token, "{\"layout\":\"grid\",\"hidden\":[\"eve\"]}");
      Ear.enter(node, "maths", token, ada);
      ada.next("welcome");
    }
    assertThat(ada.next("closing").getLong("retry_after_ms")).isPositive();
    assertThat(ada.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1012);

    try (AmphiNode node = TestNodes.start(folder)) {
      Ear again = new Ear();
      Ear.enter(node, "maths", token, again);
      JsonObject room = again.next("welcome").getJsonObject("room");
      assertThat(room.getString("title")).isEqualTo("Maths");
      assertThat(room.getString("layout")).isEqualTo("grid");
      assertThat(room.getJsonArray("hidden")).containsExactly("eve");
      new RestClient(node.localOrigin()).send("POST", "/api/rooms/maths/end", token, "");
    }
    try (AmphiNode node = TestNodes.start(folder)) {
      assertThat(
              new RestClient(node.localOrigin())
                  .send("GET", "/api/rooms/maths", token, "")
                  .statusCode())
          .as("a class that ended does not come back")
          .isEqualTo(404);
    }
  }

  @Test
  void whoIsRemovedIsRefusedByEveryDoorAndTheLogSaysWho(@TempDir Path folder) throws Exception {
    try (AmphiNode node = TestNodes.start(folder)) {
      String ada = TestNodes.token(node, "maths", "instructor", "Ada");
      String ben = TestNodes.token(node, "maths", "student", "Ben");
      RestClient client = new RestClient(node.localOrigin());
      client.json("POST", "/api/rooms", ada, "{\"title\":\"Maths\",\"audience\":\"token\"}");
      Ear teacher = new Ear();
      WebSocket socket = Ear.enter(node, "maths", ada, teacher);
      teacher.next("welcome");
      Ear student = new Ear();
      Ear.enter(node, "maths", ben, student);
      student.next("welcome");
      Ear.say(socket, 2, action("moderate", "ben").put("action", "remove"));
      teacher.next("ok");
      assertThat(student.closed.get(10, TimeUnit.SECONDS)).isEqualTo(4003);

      Ear back = new Ear();
      Ear.enter(node, "maths", ben, back);
      assertThat(back.next("error").getInteger("status")).isEqualTo(401);
      assertThat(client.send("GET", "/api/rooms/maths", ben, "").statusCode()).isEqualTo(401);
      assertThat(client.send("POST", "/whip/maths", ben, "v=0").statusCode()).isEqualTo(401);
      assertThat(client.send("GET", "/api/rooms/maths", ada, "").statusCode()).isEqualTo(200);
    }
    try (var files = Files.list(folder.resolve("audit"))) {
      String log = Files.readString(files.findFirst().orElseThrow());
      assertThat(log)
          .contains("\"action\":\"moderate remove\",\"target\":\"ben\",\"result\":\"ok\"");
    }
  }

  @Test
  void whatWasDecidedHoldsAfterARestartOverTheSocketAndOverRest(@TempDir Path folder)
      throws Exception {
    String ada;
    String ben;
    String mod;
    try (AmphiNode node = TestNodes.start(folder)) {
      ada = TestNodes.token(node, "maths", "instructor", "Ada");
      ben = TestNodes.token(node, "maths", "student", "Ben");
      mod = TestNodes.token(node, "maths", "moderator", "Mod");
      RestClient client = new RestClient(node.localOrigin());
      client.json("POST", "/api/rooms", ada, "{\"title\":\"Maths\",\"audience\":\"token\"}");
      Ear teacher = new Ear();
      WebSocket socket = Ear.enter(node, "maths", ada, teacher);
      teacher.next("welcome");
      for (String token : List.of(ben, mod)) {
        Ear other = new Ear();
        Ear.enter(node, "maths", token, other);
        other.next("welcome");
      }
      assertThat(client.send("PUT", "/api/rooms/maths/lock", mod, "{\"locked\":true}").statusCode())
          .isEqualTo(200);
      Ear.say(socket, 2, action("moderate", "ben").put("action", "remove"));
      teacher.next("ok");
      Ear.say(socket, 3, action("role", "mod").put("role", "viewer"));
      teacher.next("ok");
      assertThat(
              client.send("PUT", "/api/rooms/maths/lock", mod, "{\"locked\":false}").statusCode())
          .as("what a demoted moderator may do over REST")
          .isEqualTo(403);
      assertThat(
              client.send("PUT", "/api/rooms/maths/lock", ben, "{\"locked\":false}").statusCode())
          .isEqualTo(401);
      assertThat(client.send("GET", "/api/rooms/maths/participants", "", "").statusCode())
          .isEqualTo(401);
      client.send("GET", "/api/rooms/maths", ada, "");
    }
    try (var files = Files.list(folder.resolve("audit"))) {
      assertThat(Files.readAllLines(files.findFirst().orElseThrow()))
          .map(line -> new JsonObject(line))
          .map(
              line ->
                  String.join(
                      " ",
                      line.getString("actor"),
                      line.getString("role"),
                      line.getString("action"),
                      line.getString("target"),
                      line.getString("result")))
          .containsExactly(
              "ada instructor make  ok",
              "mod moderator lock  ok",
              "ada instructor moderate remove ben ok",
              "ada instructor role viewer mod ok",
              "mod viewer unlock  not_allowed",
              "  unlock  unauthorized",
              "  get participants  unauthorized");
    }
    try (AmphiNode node = TestNodes.start(folder)) {
      RestClient client = new RestClient(node.localOrigin());
      Ear back = new Ear();
      Ear.enter(node, "maths", ben, back);
      assertThat(back.next("error").getInteger("status")).isEqualTo(401);
      assertThat(client.send("GET", "/api/rooms/maths", ben, "").statusCode()).isEqualTo(401);
      Ear demoted = new Ear();
      Ear.enter(node, "maths", mod, demoted);
      JsonObject welcome = demoted.next("welcome");
      assertThat(welcome.getJsonObject("self").getString("role")).isEqualTo("viewer");
      assertThat(welcome.getJsonObject("room").getBoolean("locked")).isTrue();
      assertThat(
              client.send("PUT", "/api/rooms/maths/lock", mod, "{\"locked\":false}").statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void whomOnlyTheClassItselfStillKeepsOutIsLetInToo(@TempDir Path folder) throws Exception {
    String ada;
    String ben;
    try (AmphiNode node = TestNodes.start(folder)) {
      ada = TestNodes.token(node, "maths", "instructor", "Ada");
      ben = TestNodes.token(node, "maths", "student", "Ben");
      RestClient client = new RestClient(node.localOrigin());
      client.json("POST", "/api/rooms", ada, "{\"audience\":\"token\"}");
      client.send("DELETE", "/api/rooms/maths/participants/ben", ada, "");
      Path kept = folder.resolve("rooms").resolve("maths.room");
      await().untilAsserted(() -> assertThat(kept).content().contains("removed=ben"));
    }
    // As when the removal has run out while the class went on.
    Files.delete(folder.resolve("rooms").resolve("removed.log"));
    try (AmphiNode node = TestNodes.start(folder)) {
      RestClient client = new RestClient(node.localOrigin());
      Ear refused = new Ear();
      Ear.enter(node, "maths", ben, refused);
      assertThat(refused.next("error").getInteger("status")).isEqualTo(403);

      String removal = "/api/rooms/maths/removals/ben";
      assertThat(client.send("DELETE", removal, ada, "").statusCode()).isEqualTo(204);
      assertThat(client.send("DELETE", removal, ada, "").statusCode()).isEqualTo(404);
      Ear back = new Ear();
      Ear.enter(node, "maths", ben, back);
      back.next("welcome");
    }
  }

  @Test
  void aRemovalThatIsTakenBackIsListedNoMoreAndHoldsNoMoreAlsoAfterARestart(@TempDir Path folder)
      throws Exception {
    String ada;
    String ben;
    try (AmphiNode node = TestNodes.start(folder)) {
      ada = TestNodes.token(node, "maths", "instructor", "Ada");
      ben = TestNodes.token(node, "maths", "student", "Ben");
      String foreign = TestNodes.token(node, "physics", "instructor", "Eve");
      RestClient client = new RestClient(node.localOrigin());
      client.json("POST", "/api/rooms", ada, "{\"audience\":\"token\"}");
      String ghost = "/api/rooms/maths/participants/ghost";
      String removals = "/api/rooms/maths/removals";
      assertThat(client.send("DELETE", "/api/rooms/maths/participants/ben", ada, "").statusCode())
          .isEqualTo(204);
      assertThat(client.send("DELETE", ghost, ada, "").statusCode()).isEqualTo(204);
      JsonArray listed = new JsonArray(client.send("GET", removals, ada, "").body());
      assertThat(listed).hasSize(2);
      assertThat(listed.getJsonObject(0).getString("id")).isEqualTo("ben");
      assertThat(Instant.parse(listed.getJsonObject(0).getString("until")))
          .isAfter(Instant.now().plus(Duration.ofDays(6)));
      assertThat(client.send("GET", removals, foreign, "").statusCode()).isEqualTo(403);
      assertThat(client.send("DELETE", removals + "/ben", foreign, "").statusCode()).isEqualTo(403);
      assertThat(client.send("DELETE", removals + "/ben", ben, "").statusCode()).isEqualTo(401);
      assertThat(client.send("DELETE", removals + "/eve", ada, "").statusCode()).isEqualTo(404);

      assertThat(client.send("DELETE", removals + "/ben", ada, "").statusCode()).isEqualTo(204);
      assertThat(client.send("DELETE", removals + "/ben", ada, "").statusCode()).isEqualTo(404);
      assertThat(client.send("GET", removals, ada, "").body())
          .contains("ghost")
          .doesNotContain("ben");
      Ear back = new Ear();
      Ear.enter(node, "maths", ben, back);
      assertThat(back.next("welcome").getJsonObject("self").getString("id")).isEqualTo("ben");
    }
    try (AmphiNode node = TestNodes.start(folder)) {
      Ear back = new Ear();
      Ear.enter(node, "maths", ben, back);
      back.next("welcome");
      assertThat(
              new RestClient(node.localOrigin())
                  .send("GET", "/api/rooms/maths/removals", ada, "")
                  .body())
          .contains("ghost")
          .doesNotContain("ben");
    }
    try (var files = Files.list(folder.resolve("audit"))) {
      assertThat(Files.readString(files.findFirst().orElseThrow()))
          .contains("\"action\":\"moderate let_in\",\"target\":\"ben\",\"result\":\"ok\"")
          .contains(
              "\"action\":\"moderate let_in\",\"target\":\"eve\",\"result\":\"unknown_participant\"")
          .contains("\"action\":\"moderate let_in\",\"target\":\"ben\",\"result\":\"not_allowed\"");
    }
  }

  private static JsonObject action(String type, String participant) {
    return new JsonObject().put("type", type).put("participant", participant);
  }

  @Test
  void aLockedClassIsLockedOverRestToo(@TempDir Path folder) throws Exception {
    try (AmphiNode node = TestNodes.start(folder)) {
      String ada = TestNodes.token(node, "maths", "instructor", "Ada");
      String ben = TestNodes.token(node, "maths", "student", "Ben");
      RestClient client = new RestClient(node.localOrigin());
      client.json("POST", "/api/rooms", ada, "{\"title\":\"Maths\",\"audience\":\"token\"}");
      assertThat(client.send("PUT", "/api/rooms/maths/lock", ben, "{\"locked\":true}").statusCode())
          .isEqualTo(403);
      assertThat(client.json("PUT", "/api/rooms/maths/lock", ada, "{\"locked\":true}"))
          .isEqualTo(new JsonObject().put("locked", true));
      Ear late = new Ear();
      Ear.enter(node, "maths", ben, late);
      assertThat(late.next("error").getString("detail")).contains("The class is locked");

      client.send("PUT", "/api/rooms/maths/lock", ada, "{\"locked\":false}");
      client.json("PUT", "/api/rooms/maths/waiting-room", ada, "{\"waiting_room\":true}");
      Ear waiting = new Ear();
      Ear.enter(node, "maths", ben, waiting);
      assertThat(waiting.next("welcome").getJsonObject("self").getString("state"))
          .isEqualTo("waiting");
      client.send("POST", "/api/rooms/maths/participants/ben/admit", ada, "");
      assertThat(
              waiting
                  .next("changes")
                  .getJsonArray("participants")
                  .getJsonObject(0)
                  .getString("state"))
          .isIn("waiting", "on_stage");
    }
  }
}
