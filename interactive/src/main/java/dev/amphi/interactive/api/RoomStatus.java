package dev.amphi.interactive.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What everybody in a room sees of the class; the server owns it and pushes each change.
 *
 * @param state the class's life-cycle word: {@code scheduled, lobby, live, interrupted, ended,
 *     processing, published, cancelled}
 * @param audience {@code open} or {@code token}
 * @param recording the recording switch
 * @param layout the layout's wire name, as {@code speaker}
 * @param spotlight id of the participant who leads the picture, or ""
 * @param hidden ids of the participants who have no tile in the picture
 * @param epoch rises each time the room changes its owner
 * @param startsAt when the class is to begin, if that is known
 * @param breakUntil when the break that there is now is to end
 * @param slides the page that is up, if any
 * @param program what the program goes without
 * @param recordingPaused whether the recording that is on keeps nothing for now
 * @param recordingTracks whether the tracks of single participants are kept with it
 * @param recordingNotice what is the matter with the recording
 * @param pushes the names of the other platforms that the class goes to, or will once it is on air;
 *     "" for one that has none. Never an address
 */
public record RoomStatus(
    String id,
    String title,
    String state,
    String audience,
    boolean live,
    boolean recording,
    String layout,
    String spotlight,
    List<String> hidden,
    long epoch,
    @Nullable Instant startsAt,
    @Nullable Instant breakUntil,
    Optional<SlidesUp> slides,
    ProgramNotice program,
    boolean recordingPaused,
    boolean recordingTracks,
    RecordingNotice recordingNotice,
    List<String> pushes) {
  /** Takes copies. */
  public RoomStatus {
    hidden = List.copyOf(hidden);
    pushes = List.copyOf(pushes);
  }

  /** A recording that is on is not paused and goes well, and the class goes nowhere else. */
  public RoomStatus(
      String id,
      String title,
      String state,
      String audience,
      boolean live,
      boolean recording,
      String layout,
      String spotlight,
      List<String> hidden,
      long epoch,
      @Nullable Instant startsAt,
      @Nullable Instant breakUntil,
      Optional<SlidesUp> slides,
      ProgramNotice program) {
    this(
        id,
        title,
        state,
        audience,
        live,
        recording,
        layout,
        spotlight,
        hidden,
        epoch,
        startsAt,
        breakUntil,
        slides,
        program,
        false,
        false,
        RecordingNotice.NONE,
        List.of());
  }

  /** The program goes without nothing. */
  public RoomStatus(
      String id,
      String title,
      String state,
      String audience,
      boolean live,
      boolean recording,
      String layout,
      String spotlight,
      List<String> hidden,
      long epoch,
      @Nullable Instant startsAt,
      @Nullable Instant breakUntil,
      Optional<SlidesUp> slides) {
    this(
        id,
        title,
        state,
        audience,
        live,
        recording,
        layout,
        spotlight,
        hidden,
        epoch,
        startsAt,
        breakUntil,
        slides,
        ProgramNotice.NONE);
  }

  /** Nobody leads the picture and nobody is hidden, and there are no slides. */
  public RoomStatus(
      String id,
      String title,
      String state,
      String audience,
      boolean live,
      boolean recording,
      String layout,
      long epoch,
      @Nullable Instant startsAt,
      @Nullable Instant breakUntil) {
    this(
        id,
        title,
        state,
        audience,
        live,
        recording,
        layout,
        "",
        List.of(),
        epoch,
        startsAt,
        breakUntil,
        Optional.empty());
  }

  /** Such a class that begins when it begins, and is not in a break. */
  public RoomStatus(
      String id,
      String title,
      String state,
      String audience,
      boolean live,
      boolean recording,
      String layout,
      long epoch) {
    this(id, title, state, audience, live, recording, layout, epoch, null, null);
  }
}
