package dev.amphi.server.load;

import dev.amphi.composer.codec.CodecMissing;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.interactive.api.TrackView;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The demo's child process: an instructor and students who come on stage over WebRTC, each with a
 * camera and a microphone of its own, and stay until standard input ends.
 *
 * <pre>
 * DemoCast --url http://127.0.0.1:8080 --room demo --token instructor=JWT --token student=JWT …
 * </pre>
 */
public final class DemoCast {
  private static final int INSTRUCTOR_RATE = 30;
  private static final int STUDENT_RATE = 15;
  private static final long RETURN_MILLIS = 2_000;

  private final StageLine line;
  private final FfmpegCodecs codecs = new FfmpegCodecs();

  private DemoCast(URI url, String room) {
    line = new StageLine(url, room);
  }

  /** Runs the cast; exits with 1 and a sentence when the arguments are wrong. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String url = "";
    String room = "";
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--url" -> url = arguments[i + 1];
        case "--room" -> room = arguments[i + 1];
        case "--token" -> tokens.add(arguments[i + 1]);
        default -> refuse("unknown argument " + arguments[i]);
      }
    }
    if (url.isEmpty() || room.isEmpty() || tokens.isEmpty()) {
      refuse("--url, --room and at least one --token ROLE=JWT are needed");
    }
    Logger.getLogger("").setLevel(Level.WARNING);
    try {
      new DemoCast(URI.create(url), room).play(tokens);
    } catch (CodecMissing e) {
      refuse(String.valueOf(e.getMessage()));
    }
  }

  private static void refuse(String sentence) {
    System.err.println("demo cast: " + sentence);
    System.exit(1);
  }

  private void play(List<String> tokens) throws IOException {
    for (int i = 0; i < tokens.size(); i++) {
      String[] roleAndToken = tokens.get(i).split("=", 2);
      if (roleAndToken.length != 2) {
        refuse("a token must be given as ROLE=JWT");
      }
      int index = i;
      Thread.ofPlatform()
          .daemon()
          .name("cast-" + i)
          .start(() -> stay(index, roleAndToken[0], roleAndToken[1]));
    }
    // The parent holds the other end: when it goes, however it goes, the cast goes too.
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  /** Is on stage, and comes back when it is put off. */
  private void stay(int index, String role, String token) {
    boolean leads = role.equals("instructor");
    SourceSpec spec =
        new SourceSpec(
            index,
            leads ? "Amphi Teacher" : "Student " + index,
            640,
            360,
            leads ? INSTRUCTOR_RATE : STUDENT_RATE,
            TrackView.Codec.VP8);
    try (MediaSource source = MediaSource.start(spec, codecs, MediaSource.Clocks.SYSTEM)) {
      while (true) {
        perform(role, index, token, source);
        TimeUnit.MILLISECONDS.sleep(RETURN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    }
  }

  private void perform(String role, int index, String token, MediaSource source)
      throws InterruptedException {
    try (StageParticipant participant =
        StageParticipant.publish(line, token, source, TrackView.Codec.VP8)) {
      System.out.println("ON STAGE " + role + " " + index);
      System.out.println("OFF STAGE " + role + " " + index + ": " + participant.awaitEnd());
    } catch (LoadFailed e) {
      System.out.println("NOT ON STAGE " + role + " " + index + ": " + e.getMessage());
    }
  }
}
