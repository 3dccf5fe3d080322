package dev.amphi.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomPathTest {
  @ParameterizedTest
  @CsvSource({
    "/hls/demo/index.m3u8, '', demo",
    "/hls/demo, '', demo",
    "/hls/~a.b.c/demo/index.m3u8, '', demo",
    "/api/rooms/demo, '', demo",
    "/api/rooms/demo/recordings/r1.mp4, other, demo",
    "/whip/demo, '', demo",
    "/whep/demo/ada, '', demo",
    "/ws, demo, demo",
  })
  void findsTheRoom(String path, String roomQuery, String room) {
    assertThat(RoomPath.roomOf(path, roomQuery)).contains(room);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/api/rooms", "/api/rooms/", "/watch/demo", "/ws", "/health/ready", "/hls/"})
  void leavesWhatIsAboutNoRoom(String path) {
    assertThat(RoomPath.roomOf(path, "")).isEmpty();
  }
}
