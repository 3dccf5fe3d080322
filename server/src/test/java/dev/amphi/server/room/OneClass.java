package dev.amphi.server.room;

import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.SlidesUp;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView;
import dev.amphi.server.slides.ProgramSurfaces;
import java.nio.ByteBuffer;
import java.util.List;

/** A class among fakes, with a teacher who may come on its stage. */
abstract class OneClass {
  static final TrackView CAMERA =
      new TrackView(
          "t1", "ada", TrackView.Kind.VIDEO, TrackView.Source.CAMERA, TrackView.Codec.VP8, false);

  final Fakes fakes = new Fakes();
  final FakeLease lease = new FakeLease();
  final Classroom room =
      new Classroom(
          fakes.parts(), new RoomSpec("maths", "Maths", RoomSpec.OPEN), Decisions.NONE, lease);

  static ParticipantView ada(StageState state) {
    return ada(state, Consent.UNSTATED);
  }

  static ParticipantView ada(StageState state, Consent consent) {
    return new ParticipantView("ada", "Ada", Role.INSTRUCTOR, state, List.of(CAMERA), consent);
  }

  static EncodedFrame frame() {
    return new EncodedFrame(ByteBuffer.allocate(10), 0, 0, -1, true);
  }

  static ProgramSurfaces.Up page() {
    return new ProgramSurfaces.Up(new SlidesUp("d", 1, 9, "a.pdf", "", 1, 1), new byte[4]);
  }
}
