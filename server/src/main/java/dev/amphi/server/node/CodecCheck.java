package dev.amphi.server.node;

import dev.amphi.composer.process.ChildCommand;
import dev.amphi.composer.process.ProcessComposer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Looks for the codecs beside the node's start: whatever is missing is known before a class. */
public final class CodecCheck {
  private final CompletableFuture<Optional<String>> missing =
      CompletableFuture.supplyAsync(
          () -> {
            try (ProcessComposer composer =
                new ProcessComposer(
                    ChildCommand.likeThisProcess(), System::nanoTime, InstantSource.system())) {
              return composer.missing();
            }
          });

  /** Waits for the result, and refuses when a codec is missing. */
  public void require() throws StartException {
    try {
      Optional<String> sentence = missing.join();
      if (sentence.isPresent()) {
        throw new StartException(
            "The composer cannot work here: "
                + sentence.get()
                + " Classes cannot be given without it: install a build for this platform.");
      }
    } catch (CompletionException e) {
      throw new StartException("The composer cannot be checked: " + e.getCause());
    }
  }
}
