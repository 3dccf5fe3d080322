package dev.amphi.packager.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
  @ParameterizedTest
  @CsvSource({
    "rtmp://a.rtmp.youtube.com/live2/abcd-efgh, '', a.rtmp.youtube.com, 1935, live2, abcd-efgh",
    "rtmps://live-api-s.facebook.com:443/rtmp/FB-1?s_bl=1&x=a/b, '', live-api-s.facebook.com, 443, rtmp, FB-1?s_bl=1&x=a/b",
    "RTMP://Wowza.example:1936/app/_definst_/my, '', wowza.example, 1936, app/_definst_, my",
    "rtmp://h/app/instance, k/e?y, h, 1935, app/instance, k/e?y",
    "rtmp://h/app/, key, h, 1935, app, key",
    "rtmp://[2001:DB8::1]:19/a/k, '', 2001:db8::1, 19, a, k",
  })
  void readsWhatPlatformsTellPeopleToPaste(
      String url, String key, String host, int port, String app, String stream) throws Exception {
    Destination read = Destination.of(url, key);
    assertThat(read.host()).isEqualTo(host);
    assertThat(read.port()).isEqualTo(port);
    assertThat(read.app()).isEqualTo(app);
    assertThat(read.key()).isEqualTo(stream);
    assertThat(Destination.of(read.url(), read.key())).isEqualTo(read);
    assertThat(read.toString()).doesNotContain(stream).endsWith("/***");
  }

  @Test
  void readsAnSrtCallersOptionsAndShowsNoneOfThem() throws Exception {
    Destination read =
        Destination.of(
            "srt://203.0.113.7:9000?streamid=%23!::r=live/x,m=publish&passphrase=ten+letters%25"
                + "&latency=200&mode=caller&pbkeylen=32",
            "");
    assertThat(read.options())
        .isEqualTo(
            Map.of(
                "streamid", "#!::r=live/x,m=publish",
                "passphrase", "ten+letters%",
                "latency", "200",
                "pbkeylen", "32"));
    assertThat(Destination.of(read.url(), "")).isEqualTo(read);
    assertThat(read).hasToString("srt://203.0.113.7:9000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://h/app/s3cret",
        "file:///etc/s3cret",
        "rtmp://h/s3cret",
        "rtmp://h/app/",
        "rtmp://h/app/?s3cret",
        "rtmp://user:s3cret@h/app/key",
        "rtmp://h:0/app/s3cret",
        "rtmp://h:70000/app/s3cret",
        "rtmp://h/app/s3cret two",
        "rtmp://h/app/s3cret\nx",
        "rtmp://h/app?s3cret/b/c?d/e",
        "srt://h?streamid=s3cret",
        "srt://h:1/path?streamid=s3cret",
        "srt://h:1?passphrase=s3cret",
        "srt://h:1?latency=2000000&streamid=s3cret",
        "srt://h:1?mode=listener&streamid=s3cret",
        "srt://h:1?streamid=s3cret&rcvbuf=1",
        "srt://h:1?streamid=s3cret%",
      })
  void refusesEverythingElseWithoutRepeatingASecret(String url) {
    Throwable refused = catchThrowable(() -> Destination.of(url, ""));
    assertThat(refused).isInstanceOf(PushFailure.class);
    assertThat(((PushFailure) refused).kind()).isEqualTo(PushFailure.Kind.WRONG);
    assertThat(((PushFailure) refused).sentence()).doesNotContain("s3cret").endsWith(".");
  }

  @Test
  void takesSecretsOutOfWhatAPlatformSays() throws Exception {
    Destination rtmp = Destination.of("rtmp://h/app/abcd?token=xyz", "");
    assertThat(rtmp.redact("stream abcd?token=xyz is taken; abcd is known"))
        .isEqualTo("stream *** is taken; *** is known");
    Destination srt = Destination.of("srt://h:1?streamid=room7&passphrase=long%20enough", "");
    assertThat(srt.redact("room7 with long enough")).isEqualTo("*** with ***");
  }

  @Test
  void tooLongIsRefused() {
    assertThatThrownBy(() -> Destination.of("rtmp://h/app/" + "k".repeat(600), ""))
        .hasMessageContaining("512");
  }

  @Test
  void whatIsTooLongOnlyWhenItIsWrittenAgainIsRefusedToo() throws Exception {
    String longest = "srt://h:1?streamid=" + "!".repeat(335); // three characters each, encoded
    assertThat(Destination.of(longest, "").url()).hasSize(1_024);
    assertThatThrownBy(() -> Destination.of(longest + "!", ""))
        .isInstanceOfSatisfying(
            PushFailure.class, e -> assertThat(e.kind()).isEqualTo(PushFailure.Kind.WRONG))
        .hasMessage(
            "The destination has 1027 characters when its options are percent-encoded, and may"
                + " have at most 1024.");
  }
}
