package dev.amphi.server.node;

import dev.amphi.composer.lettering.FontFiles;
import dev.amphi.composer.lettering.Logo;
import dev.amphi.composer.process.ChildCommand;
import dev.amphi.composer.process.ProcessComposer;
import dev.amphi.composer.scene.Words;
import dev.amphi.server.config.ServerConfig;
import dev.amphi.server.recompose.ClassComposer;
import java.io.IOException;
import java.time.Clock;

/** Makes a node's composer as it is configured. */
final class ComposerBuilder {
  private final ServerConfig config;
  private final CodecCheck codecs;
  private final Clock clock;

  ComposerBuilder(ServerConfig config, CodecCheck codecs, Clock clock) {
    this.config = config;
    this.codecs = codecs;
    this.clock = clock;
  }

  /** What composes classes again of their tracks, as the programs are. */
  ClassComposer again() throws StartException {
    return new ClassComposer(command(), System::nanoTime);
  }

  ProcessComposer build() throws StartException {
    ProcessComposer composer =
        new ProcessComposer(command(), System::nanoTime, clock)
            .withSpare()
            .withCpuBudget(config.composer().cpuBudget());
    config
        .composer()
        .renditions()
        .ifPresentOrElse(composer::withLadder, () -> composer.withLadderByBudget(codecs::ladders));
    return composer;
  }

  private ChildCommand command() throws StartException {
    ChildCommand command =
        ChildCommand.likeThisProcess()
            .with(config.composer().encoder().option())
            .with(FontFiles.unpack(config.dataDir().resolve("fonts")))
            .with(Words.option(config.language()));
    try {
      if (config.logo().isPresent()) {
        command = command.with(Logo.check(config.logo().get()));
      }
      return config.logoCorner().isPresent()
          ? command.with(Logo.in(config.logoCorner().get()))
          : command;
    } catch (IOException e) {
      throw new StartException(e.getMessage() + ": name another file as 'logo', or none.");
    }
  }
}
