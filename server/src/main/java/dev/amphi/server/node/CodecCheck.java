package dev.amphi.server.node;

import dev.amphi.composer.load.LadderChoice;
import dev.amphi.composer.process.Checkup;
import dev.amphi.composer.process.ChildCommand;
import dev.amphi.composer.process.ProcessComposer;
import dev.amphi.server.config.ServerConfig;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Looks for the codecs beside the node's start: whatever is missing is known before a class, and so
 * is how fast the machine codes where that matters.
 */
public final class CodecCheck {
  private static final System.Logger LOG = System.getLogger(CodecCheck.class.getName());

  /** A program does not wait longer to know how fast its machine is. */
  private static final int PATIENCE_SECONDS = 10;

  private final CompletableFuture<Checkup> checkup;

  private CodecCheck(CompletableFuture<Checkup> checkup) {
    this.checkup = checkup;
  }

  /** Starts to look. */
  public static CodecCheck begin(ServerConfig config) {
    return new CodecCheck(CompletableFuture.supplyAsync(() -> look(config.composer())));
  }

  /** Looks for nothing: the machine is taken for the reference. */
  static CodecCheck none() {
    return new CodecCheck(CompletableFuture.completedFuture(Checkup.NONE));
  }

  private static Checkup look(ServerConfig.Composing config) {
    try (ProcessComposer composer =
        new ProcessComposer(
            ChildCommand.likeThisProcess().with(config.encoder().option()),
            System::nanoTime,
            InstantSource.system())) {
      return config.renditions().isPresent()
          ? new Checkup(composer.missing(), "", 0)
          : composer.checkup();
    }
  }

  /** How ladders are chosen; waits for the measurement. */
  LadderChoice ladders() {
    return checkup
        .thenApply(Checkup::ladders)
        .exceptionally(failure -> LadderChoice.REFERENCE)
        .completeOnTimeout(LadderChoice.REFERENCE, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /** Waits for the result, and refuses when a codec is missing. */
  public void require() throws StartException {
    try {
      Checkup found = checkup.join();
      Optional<String> sentence = found.missing();
      if (sentence.isPresent()) {
        throw new StartException(
            "The composer cannot work here: "
                + sentence.get()
                + " Classes cannot be given without it: install a build for this platform.");
      }
      if (found.pictureNanos() > 0) {
        LOG.log(
            System.Logger.Level.INFO,
            "composer encoder={0} picture_us={1}",
            found.encoder(),
            Long.toString(found.pictureNanos() / 1_000));
      }
    } catch (CompletionException e) {
      throw new StartException("The composer cannot be checked: " + e.getCause());
    }
  }
}
