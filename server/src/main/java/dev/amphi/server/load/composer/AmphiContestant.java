package dev.amphi.server.load.composer;

import dev.amphi.composer.process.ProcessComposer;
import dev.amphi.server.load.LoadFailed;

/** This composer: the child process as the node starts it, fed as the node feeds it. */
final class AmphiContestant implements Contestant {
  static final String NAME = "Amphi";

  private final ProcessComposer composer;
  private final String name;

  AmphiContestant(ProcessComposer composer) {
    this(composer, NAME);
  }

  private AmphiContestant(ProcessComposer composer, String name) {
    this.composer = composer;
    this.name = name;
  }

  /** The same with other options for the child's Java machine, which blanks set apart. */
  static AmphiContestant with(ProcessComposer composer, String options) {
    return new AmphiContestant(composer, NAME + " " + options);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String version() {
    return "Amphi on Java "
        + Runtime.version().feature()
        + ", the libraries of the preset's FFmpeg in the child process";
  }

  @Override
  public Running start(BenchScene scene) throws LoadFailed {
    return new ProgramRoom(
        composer,
        scene.spec("bench-" + scene.of().id()),
        scene.layout(),
        scene.sources(),
        Feeder.Fed.UNSEEN,
        ProgramRoom.Watcher.NOBODY);
  }
}
