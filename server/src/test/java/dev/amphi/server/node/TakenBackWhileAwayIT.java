package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.server.web.RestClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The owner of a room is down while a removal from it is taken back at the other node. */
@Timeout(180)
class TakenBackWhileAwayIT {
  private static final String REMOVAL = "/api/rooms/maths/removals/ben";

  @Test
  void whoIsLetInWhileTheOwnerIsAwayComesInWhenItIsBack(@TempDir Path folder) throws Exception {
    TestNodes.Pair pair = TestNodes.Pair.in(folder);
    AmphiNode owner = pair.first();
    try (AmphiNode other = pair.second()) {
      String ada = TestNodes.token(owner, "maths", "instructor", "Ada");
      String ben = TestNodes.token(owner, "maths", "student", "Ben");
      RestClient viaOwner = new RestClient(owner.localOrigin());
      viaOwner.json("POST", "/api/rooms", ada, "{\"audience\":\"token\"}");
      assertThat(viaOwner.send("DELETE", "/api/rooms/maths/participants/ben", ada, "").statusCode())
          .isEqualTo(204);
      Path kept = folder.resolve("a").resolve("rooms").resolve("maths.room");
      await().untilAsserted(() -> assertThat(kept).content().contains("removed=ben"));
      owner.close();

      String adaThere = TestNodes.token(other, "maths", "instructor", "Ada");
      RestClient viaOther = new RestClient(other.localOrigin());
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(viaOther.send("DELETE", REMOVAL, adaThere, "").statusCode())
                      .isEqualTo(204));

      try (AmphiNode again = pair.first()) {
        Ear back = new Ear();
        Ear.enter(again, "maths", ben, back);
        assertThat(back.next("welcome").getJsonObject("self").getString("id")).isEqualTo("ben");
        await().untilAsserted(() -> assertThat(kept).content().doesNotContain("removed=ben"));
      }
    }
  }
}
