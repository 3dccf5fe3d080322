package dev.amphi.interactive.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** WHIP's and WHEP's sessions over HTTP (RFC 9725), asked by an HTTP client. */
class WhipIT extends WhipClient {
  @Test
  void anOfferIsAnsweredWithASessionThatItsOwnerDeletes() throws Exception {
    HttpResponse<String> created = send(post("/whip/demo", "obs:instructor", offer));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(created.headers().firstValue("Content-Type")).contains("application/sdp");
    assertThat(created.headers().firstValue("ETag").orElse("")).startsWith("\"").endsWith("\"");
    assertThat(created.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(created.body()).startsWith("v=0\r\n").contains("a=ice-lite");
    String location = created.headers().firstValue("Location").orElseThrow();
    assertThat(location).matches("/whip/demo/session/[A-Za-z0-9_-]{22}");

    URI session = doors.http(location);
    expectProblem(send(delete(session, "eve:viewer")), 403, "belongs to somebody else");
    expectProblem(send(delete(session, "nonsense")), 401, "not one of ours");
    expectProblem(send(HttpRequest.newBuilder(session).DELETE()), 401, "the token that made");
    expectProblem(
        send(delete(doors.http(location.replace("demo", "other")), "eve:instructor")),
        404,
        "no such session");
    assertThat(transports.paths.getFirst().closedBecause).isNull();

    assertThat(send(HttpRequest.newBuilder(session).GET()).statusCode()).isEqualTo(204);
    assertThat(send(delete(session, "obs:instructor")).statusCode()).isEqualTo(200);
    // The path is closed on the room's loop, which the answer does not wait for.
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(transports.paths.getFirst().closedBecause).isEqualTo("left"));
    expectProblem(send(delete(session, "obs:instructor")), 404, "no such session");
    expectProblem(send(HttpRequest.newBuilder(session).GET()), 404, "no such session");
  }

  @Test
  void aModeratorEndsAnybodysSession() throws Exception {
    HttpResponse<String> created = send(post("/whip/demo", "obs:student", offer));
    URI session = doors.http(created.headers().firstValue("Location").orElseThrow());
    assertThat(send(delete(session, "mo:moderator")).statusCode()).isEqualTo(200);
  }

  /** What OBS Studio does: one offer with all candidates, H.264 and Opus, and DELETE at the end. */
  @Test
  void obsPublishesAndSaysGoodbye() throws Exception {
    assertThat(offer).contains("a=setup:actpass", "H264/90000", "opus/48000/2", "a=sendonly");
    HttpResponse<String> created =
        send(
            post("/whip/demo", "obs:instructor", offer)
                .header("User-Agent", "Mozilla/5.0 (OBS-Studio/31.0.0; Linux x86_64; en-US)"));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(created.body().lines().filter(line -> line.equals("a=recvonly"))).hasSize(2);
    assertThat(created.body().lines().filter(line -> line.equals("a=setup:passive"))).hasSize(2);
    assertThat(created.body().lines().filter(line -> line.equals("a=rtcp-mux-only"))).hasSize(2);
    assertThat(created.body())
        .contains("a=rtpmap:96 H264/90000", "a=rtpmap:111 opus/48000/2", "a=candidate:");
    URI endpoint = doors.http("/whip/demo");
    URI session = endpoint.resolve(created.headers().firstValue("Location").orElseThrow());
    assertThat(send(delete(session, "obs:instructor")).statusCode()).isEqualTo(200);
    Awaitility.await().until(() -> doors.left.contains("obs"));
  }

  @Test
  void relaysAreLinkedForThoseWhoPublish() throws Exception {
    HttpResponse<String> created = send(post("/whip/demo", "obs:instructor", offer));
    assertThat(created.headers().allValues("Link"))
        .containsExactly(
            "<turn:turn.example.org:3478?transport=udp>; rel=\"ice-server\";"
                + " username=\"1:obs\"; credential=\"a\\\"b\"; credential-type=\"password\"",
            "<turns:turn.example.org:443?transport=tcp>; rel=\"ice-server\";"
                + " username=\"1:obs\"; credential=\"a\\\"b\"; credential-type=\"password\"");
    HttpResponse<String> watching =
        send(post("/whep/demo/obs", "eve:viewer", OpenDoors.offerOf("safari")));
    assertThat(watching.statusCode()).isEqualTo(201);
    assertThat(watching.headers().allValues("Link")).isEmpty();
  }

  @Test
  void aViewersTokenOfTheSamePersonRenewsNothing() throws Exception {
    HttpResponse<String> created = send(post("/whip/demo", "ben:student", offer));
    URI session = doors.http(created.headers().firstValue("Location").orElseThrow());
    HttpRequest.Builder patch =
        HttpRequest.newBuilder(session)
            .header("Content-Type", "application/trickle-ice-sdpfrag")
            .header("If-Match", created.headers().firstValue("ETag").orElseThrow())
            .method("PATCH", BodyPublishers.ofString("a=end-of-candidates\r\n"));
    expectProblem(
        send(patch.copy().header("Authorization", "Bearer ben:viewer")), 403, "cannot publish");
    assertThat(send(patch.copy().header("Authorization", "Bearer ben:moderator")).statusCode())
        .isEqualTo(204);
    assertThat(send(delete(session, "ben:viewer")).statusCode()).isEqualTo(200);
  }

  @Test
  void candidatesAreTakenUnderTheSessionsTagOnly() throws Exception {
    HttpResponse<String> created = send(post("/whip/demo", "obs:instructor", offer));
    URI session = doors.http(created.headers().firstValue("Location").orElseThrow());
    String etag = created.headers().firstValue("ETag").orElseThrow();
    String fragment =
        """
        a=group:BUNDLE 0 1
        m=audio 9 UDP/TLS/RTP/SAVPF 111
        a=mid:0
        a=ice-ufrag:WK5s
        a=ice-pwd:l6mTnBo1t3Vt7fQ9d0PpWd
        a=candidate:1 1 udp 1 192.0.2.9 9 typ host
        a=end-of-candidates
        """
            .replace("\n", "\r\n");

    expectProblem(send(patch(session, fragment)), 428, "If-Match");
    expectProblem(
        send(patch(session, fragment).header("If-Match", "\"other\"")), 412, "entity tag");
    expectProblem(
        send(patch(session, fragment).header("If-Match", "W/" + etag)), 412, "entity tag");
    expectProblem(
        send(patch(session, "a=ice-ufrag:new1\r\n").header("If-Match", "*")), 400, "no a=ice-pwd");
    expectProblem(
        send(patch(session, "not a fragment").header("If-Match", etag)), 400, "'not a fragment'");
    expectProblem(
        send(patch(session, "a=x\r\n".repeat(20_000)).header("If-Match", etag)), 413, "64 KiB");
    expectProblem(
        send(
            patch(session, fragment)
                .setHeader("Content-Type", "application/sdp")
                .header("If-Match", etag)),
        415,
        "application/trickle-ice-sdpfrag");
    expectProblem(
        send(
            patch(session, fragment)
                .setHeader("Authorization", "Bearer eve:viewer")
                .header("If-Match", etag)),
        403,
        "somebody else");
    for (String match : new String[] {etag, "*", "\"other\", " + etag}) {
      HttpResponse<String> taken = send(patch(session, fragment).header("If-Match", match));
      assertThat(taken.statusCode()).as(match).isEqualTo(204);
      assertThat(taken.headers().firstValue("ETag")).isEmpty();
      assertThat(taken.body()).isEmpty();
    }
  }

  @Test
  void otherCredentialsRestartIce() throws Exception {
    HttpResponse<String> created = send(post("/whip/demo", "obs:instructor", offer));
    URI session = doors.http(created.headers().firstValue("Location").orElseThrow());
    String etag = created.headers().firstValue("ETag").orElseThrow();
    String fragment =
        """
        a=ice-ufrag:new1
        a=ice-pwd:0123456789012345678901
        a=candidate:1 1 udp 1 192.0.2.9 9 typ host
        """
            .replace("\n", "\r\n");

    HttpResponse<String> restarted = send(patch(session, fragment).header("If-Match", "*"));
    assertThat(restarted.statusCode()).as(restarted.body()).isEqualTo(200);
    assertThat(restarted.headers().firstValue("Content-Type"))
        .contains("application/trickle-ice-sdpfrag");
    String next = restarted.headers().firstValue("ETag").orElseThrow();
    assertThat(next).isNotEqualTo(etag);
    assertThat(restarted.body().lines())
        .containsSubsequence(
            "a=ice-lite",
            "a=group:BUNDLE 0 1",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "a=mid:0",
            "a=ice-ufrag:ufrg2",
            "a=ice-pwd:0123456789abcdef012345",
            "a=end-of-candidates");
    assertThat(created.body()).as("the first credentials").contains("a=ice-ufrag:ufrg1");
    assertThat(transports.paths).as("the path and its DTLS go on").hasSize(1);

    expectProblem(send(patch(session, fragment).header("If-Match", etag)), 412, "entity tag");
    assertThat(send(patch(session, fragment).header("If-Match", next)).statusCode()).isEqualTo(204);
  }

  private static HttpRequest.Builder patch(URI session, String fragment) {
    return HttpRequest.newBuilder(session)
        .header("Content-Type", "application/trickle-ice-sdpfrag")
        .header("Authorization", "Bearer obs:instructor")
        .method("PATCH", BodyPublishers.ofString(fragment));
  }

  @Test
  void anEndpointHasNothingToShowButSaysWhatItIs() throws Exception {
    for (String method : new String[] {"GET", "HEAD"}) {
      HttpResponse<String> nothing =
          send(
              HttpRequest.newBuilder(doors.http("/whep/demo/ada"))
                  .method(method, BodyPublishers.noBody()));
      assertThat(nothing.statusCode()).isEqualTo(200);
      assertThat(nothing.body()).isEmpty();
      assertThat(nothing.headers().firstValue("Content-Type")).contains("application/sdp");
    }
  }

  @Test
  void browsersFromElsewhereMayAsk() throws Exception {
    HttpResponse<String> options =
        send(
            HttpRequest.newBuilder(doors.http("/whip/demo"))
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(options.statusCode()).isEqualTo(200);
    assertThat(options.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization");
    assertThat(options.headers().firstValue("Accept-Post")).contains("application/sdp");
    HttpResponse<String> refused = send(post("/whip/demo", "nonsense", offer));
    assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(refused.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
        .contains("Location", "ETag", "Link", "Accept-Patch");
  }

  @Test
  void oneParticipantsTracksAreToBeHadOverWhep() throws Exception {
    send(post("/whip/demo", "obs:instructor", offer));
    HttpResponse<String> created =
        send(post("/whep/demo/obs", "eve:viewer", OpenDoors.offerOf("safari")));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(created.headers().firstValue("Location").orElse(""))
        .startsWith("/whep/demo/obs/session/");
    assertThat(created.body()).contains("a=sendonly").doesNotContain("a=recvonly");
  }
}
