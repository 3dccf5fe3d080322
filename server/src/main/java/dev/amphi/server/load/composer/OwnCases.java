package dev.amphi.server.load.composer;

import dev.amphi.composer.process.ProcessComposer;
import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.LoadProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures what nobody else does beside it: delay, several rooms at once, moves. */
final class OwnCases {
  private final ComposerPlan plan;
  private final LoadProgress progress;
  private final BenchScenes scenes;
  private final ProcessComposer composer;
  private Optional<DelayResult> delay = Optional.empty();
  private List<RoomResult> rooms = List.of();
  private final List<TransitionResult> transitions = new ArrayList<>();

  OwnCases(ComposerPlan plan, LoadProgress progress, BenchScenes scenes, ProcessComposer composer) {
    this.plan = plan;
    this.progress = progress;
    this.scenes = scenes;
    this.composer = composer;
  }

  /** Measures a case that is not compared, once. */
  void measure(ComposerPlan.Case of) throws LoadFailed, InterruptedException, IOException {
    progress.step(of.id() + ": " + of.words() + " …");
    switch (of) {
      case DELAY -> delay = Optional.of(DelayRun.measure(composer, scenes.of(of)));
      case ROOMS -> rooms = RoomsRun.measure(composer, scenes.of(of), plan.settle());
      case TRANSITION -> {
        transitions.add(
            TransitionRun.measure(
                composer,
                scenes.of(of),
                "four moving cameras, grid ↔ speaker",
                List.of("grid", "speaker")));
        transitions.add(
            TransitionRun.measure(
                composer,
                scenes.of(ComposerPlan.Case.SHARE),
                "a still share and a camera, presentation_pip ↔ presentation_side",
                List.of("presentation_pip", "presentation_side")));
      }
      case MOTION, SHARE, LADDER ->
          throw new IllegalArgumentException(of.id() + " is measured beside others");
    }
  }

  OwnFigures figures() {
    return new OwnFigures(delay, rooms, transitions);
  }
}
