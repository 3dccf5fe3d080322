package dev.amphi.interactive.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What WHIP and WHEP refuse, and in which words (RFC 9725 §4). */
class WhipRefusalsIT extends WhipClient {
  @Test
  void whatCannotBeServedWholeIsRefused() throws Exception {
    expectProblem(
        send(post("/whip/demo", "obs:instructor", offer.replace("H264", "H265"))),
        422,
        "Section 1 of the SDP has no coding");
    Awaitility.await().until(() -> doors.left.contains("obs"));
    expectProblem(
        send(post("/whip/demo", "obs:instructor", offer.replace("a=sendonly", "a=recvonly"))),
        400,
        "sends nothing");
    expectProblem(
        send(post("/whip/demo", "obs:instructor", cameras(3))),
        422,
        "sends 3 tracks of video; at most 2");
    send(post("/whip/demo", "obs:instructor", offer));
    expectProblem(send(post("/whep/demo/obs", "eve:viewer", offer)), 400, "receives nothing");
  }

  /** The same camera several times over. */
  private String cameras(int count) {
    int at = offer.indexOf("m=video");
    StringBuilder more = new StringBuilder(offer.substring(0, at));
    for (int i = 1; i <= count; i++) {
      more.append(offer.substring(at).replace("a=mid:1", "a=mid:" + i));
    }
    return more.toString().replace("BUNDLE 0 1", "BUNDLE 0 1 2 3");
  }

  @ParameterizedTest
  @CsvSource({
    "/whip/demo,     eve:viewer,     403, A viewer's token cannot publish",
    "/whip/demo,     nonsense,       401, not one of ours",
    "/whip/nowhere,  obs:instructor, 404, There is no class 'nowhere'",
    "/whep/demo,     eve:viewer,     409, 'demo' is not on air yet",
    "/whep/demo/ada, eve:viewer,     404, Nobody with the id 'ada'",
  })
  void refusesByProblem(String path, String token, int status, String sentence) throws Exception {
    expectProblem(send(post(path, token, offer)), status, sentence);
    assertThat(transports.paths).isEmpty();
  }

  @Test
  void refusesWhatIsNoOffer() throws Exception {
    expectProblem(send(post("/whip/demo", "obs:instructor", "hello")), 400, "'x=…': 'hello'");
    expectProblem(
        send(post("/whip/demo", "obs:instructor", "v=0\r\n".repeat(20_000))), 413, "64 KiB");
    expectProblem(
        send(post("/whip/demo", "obs:instructor", offer).setHeader("Content-Type", "text/html")),
        415,
        "must be application/sdp");
    expectProblem(
        send(post("/whip/demo", "obs:instructor", offer).header("Accept", "image/png")),
        406,
        "application/sdp");
    expectProblem(
        send(
            HttpRequest.newBuilder(doors.http("/whip/demo"))
                .header("Content-Type", "application/sdp")
                .POST(BodyPublishers.ofString(offer))),
        401,
        "Authorization: Bearer");
    HttpResponse<String> put =
        send(HttpRequest.newBuilder(doors.http("/whip/demo")).PUT(BodyPublishers.ofString(offer)));
    expectProblem(put, 405, "OPTIONS, GET, HEAD, POST");
    assertThat(put.headers().firstValue("Allow")).contains("OPTIONS, GET, HEAD, POST");
  }

  /** Whatever is posted as an offer is read to 64 KiB at most, and refused in words. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a megabyte       | 413 | 64 KiB",
        "10,000 sections  | 413 | 64 KiB",
        "a line of a megabyte | 413 | 64 KiB",
        "101 sections     | 400 | 101 media sections; at most 100",
        "a line of 60,000 | 400 | characters; at most 4096",
        "NUL              | 400 | control character U+0000",
        "one tag twice    | 400 | the same tag a=mid:",
      })
  void refusesAnSdpBomb(String bomb, int status, String sentence) throws Exception {
    expectProblem(send(post("/whip/demo", "obs:instructor", bomb(bomb))), status, sentence);
    assertThat(transports.paths).isEmpty();
    assertThat(send(post("/whip/demo", "obs:instructor", offer)).statusCode())
        .as("the next offer")
        .isEqualTo(201);
  }

  private String bomb(String name) {
    return switch (name) {
      case "a megabyte" -> offer + "a=x\r\n".repeat(1 << 18);
      case "10,000 sections" -> offer + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n".repeat(10_000);
      case "a line of a megabyte" -> offer + "a=" + "x".repeat(1 << 20) + "\r\n";
      case "101 sections" -> "v=0\r\n" + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n".repeat(101);
      case "a line of 60,000" -> "v=0\r\na=" + "x".repeat(60_000) + "\r\n";
      case "NUL" -> offer + "a=x\0y\r\n";
      case "one tag twice" -> offer + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:9\r\n".repeat(2);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Test
  void tokensInTheUrlDoNotCount() throws Exception {
    expectProblem(
        send(
            HttpRequest.newBuilder(doors.http("/whip/demo?token=obs:instructor"))
                .header("Content-Type", "application/sdp")
                .POST(BodyPublishers.ofString(offer))),
        401,
        "Authorization: Bearer");
  }

  @Test
  void anAddressThatPostsWithoutEndIsHeldBack() throws Exception {
    for (int i = 0; i < 300; i++) {
      assertThat(send(post("/whip/demo", "nonsense", offer)).statusCode()).isEqualTo(401);
    }
    HttpResponse<String> held = send(post("/whip/demo", "nonsense", offer));
    expectProblem(held, 429, "300 offers in 10 seconds");
    assertThat(held.headers().firstValue("Retry-After")).isPresent();
  }
}
