package dev.amphi.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.push.Destination;
import dev.amphi.packager.push.PushFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformNameTest {
  @ParameterizedTest
  @CsvSource({
    "rtmps://a.rtmps.youtube.com/live2/k, YouTube",
    "rtmp://live.twitch.tv/app/k, Twitch",
    "rtmps://ingest.global-contribute.live-video.net/app/k, Twitch",
    "rtmps://live-api-s.facebook.com/rtmp/k, Facebook",
    "rtmp://notyoutube.com/live2/k, ''",
    "rtmp://youtube.com.school.example/live2/k, ''",
    "srt://203.0.113.7:9000, ''",
  })
  void aHostThatPeopleKnowHasItsNameAndNoOtherIsTold(String url, String name) throws PushFailure {
    Destination destination = Destination.of(url, "");
    PushSpec unnamed = new PushSpec("1", destination.host(), destination, "");
    assertThat(PlatformName.of(unnamed)).isEqualTo(name);
    PushSpec named = new PushSpec("1", "The school’s page", destination, "");
    assertThat(PlatformName.of(named)).isEqualTo("The school’s page");
  }

  @Test
  void aNameThatHoldsAnAddressOrASecretTellsTooMuch() throws PushFailure {
    Destination rtmp = Destination.of("rtmp://live.example/app", "abcd-efgh-ijkl");
    assertThat(PlatformName.tells("rtmp://live.example/app", rtmp)).isTrue();
    assertThat(PlatformName.tells("Tube abcd-efgh-ijkl", rtmp)).isTrue();
    assertThat(PlatformName.tells("Tube", rtmp)).isFalse();
    Destination srt =
        Destination.of("srt://live.example:9000?passphrase=ten%20letters&latency=200", "");
    assertThat(PlatformName.tells("ten letters", srt)).isTrue();
    assertThat(PlatformName.tells("Room 200", srt)).isFalse();
    Destination ordinary = Destination.of("rtmp://live.example/app/live", "");
    assertThat(PlatformName.tells("live at noon", ordinary)).isFalse();
  }
}
