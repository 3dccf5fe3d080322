package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.RecordingNotice;
import dev.amphi.packager.api.RecordingView;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordingTroubleTest {
  private static RecordingView view(String state, String detail) {
    return new RecordingView("r1", "maths", state, 3, "", detail);
  }

  private static RecordingView.Kept stored(String state, String detail) {
    return new RecordingView.Kept(
        Instant.EPOCH, false, false, null, new RecordingView.Stored(state, detail), "", true);
  }

  @Test
  void aRecordingThatGoesWellIsNoTrouble() {
    assertThat(RecordingTrouble.of(view("recording", ""))).isEqualTo(RecordingNotice.NONE);
    assertThat(RecordingTrouble.of(view("processing", "").kept(stored("uploading", ""))))
        .isEqualTo(RecordingNotice.NONE);
    assertThat(RecordingTrouble.of(view("ready", "It was cut off.")))
        .isEqualTo(RecordingNotice.NONE);
  }

  @Test
  void aFullDiskAFailureAndAnAbsentBucketAre() {
    assertThat(RecordingTrouble.of(view("recording", "The disk has room for 12 minutes.")))
        .isEqualTo(new RecordingNotice(false, "The disk has room for 12 minutes.", ""));
    assertThat(RecordingTrouble.of(view("failed", "It stopped.")))
        .isEqualTo(new RecordingNotice(true, "It stopped.", ""));
    assertThat(RecordingTrouble.of(view("ready", "").kept(stored("local", "The bucket is away."))))
        .isEqualTo(new RecordingNotice(false, "", "The bucket is away."));
  }
}
