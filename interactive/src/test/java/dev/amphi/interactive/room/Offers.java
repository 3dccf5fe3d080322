package dev.amphi.interactive.room;

import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.Map;

/** What browsers offer in tests. */
final class Offers {
  private Offers() {}

  /** Chromium's, with microphone and camera, that follows nobody. */
  static ClientMessage.Offer microphoneAndCamera() {
    return new ClientMessage.Offer(
        ClassFixture.offerOf("chromium-plain"),
        Map.of("0", Source.MICROPHONE, "1", Source.CAMERA),
        Map.of());
  }
}
