package dev.amphi.packager.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HlsAddressTest {
  @Test
  void readsWhatARunHolds() {
    assertThat(HlsAddress.parse("/hls/demo/1-k2/720p/12.3.m4s"))
        .isEqualTo(new HlsAddress("", "demo", "1-k2", "720p", "12.3.m4s"));
    assertThat(HlsAddress.parse("/hls/~a.b-c_d/demo/1-k2/audio/index.m3u8"))
        .isEqualTo(new HlsAddress("a.b-c_d", "demo", "1-k2", "audio", "index.m3u8"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/hls/",
        "/hls/demo/index.m3u8",
        "/hls/demo/1-k2/720p/",
        "/hls/demo/1-k2//12.m4s",
        "/hls//1-k2/720p/12.m4s",
        "/hls/demo/1-k2/720p/12.m4s/more",
        "/hls/~/12.m4s",
        "/hls/~token",
        "/hls/demo/1-k2/720p/%2e%2e",
        "/hls/demo/1-k2/720p/12.m4s;x",
        "/hls/demo/1 k2/720p/12.m4s",
        "/api/demo/1-k2/720p/12.m4s"
      })
  void leavesEverythingElse(String path) {
    assertThat(HlsAddress.parse(path)).isNull();
  }
}
