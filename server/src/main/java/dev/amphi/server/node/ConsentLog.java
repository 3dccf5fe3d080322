package dev.amphi.server.node;

import dev.amphi.server.consent.ConsentBook;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * {@code consents.jsonl} in each recording's folder, only ever appended to: who said when whether
 * to be in the program. It goes with the folder. Ids only, as in the audit log.
 */
final class ConsentLog implements ConsentBook, AutoCloseable {
  static final String FILE = "consents.jsonl";

  private final InstantSource clock;
  private final LineFiles lines;

  /**
   * @param folders finds a recording's folder by its room's id and its own
   */
  ConsentLog(BiFunction<String, String, Optional<Path>> folders, InstantSource clock) {
    this.clock = clock;
    this.lines =
        new LineFiles(
            "consents",
            series -> {
              // A recording's id holds no slash.
              int at = series.lastIndexOf('/');
              return folders
                  .apply(series.substring(0, at), series.substring(at + 1))
                  .orElseThrow(() -> new IOException("there is no recording " + series))
                  .resolve(FILE);
            });
  }

  @Override
  public void add(String roomId, String recordingId, String participantId, String word) {
    JsonObject line =
        new JsonObject()
            .put("at", clock.instant().toString())
            .put("participant", participantId)
            .put("consent", word);
    lines.add(roomId + "/" + recordingId, line.encode());
  }

  /** Writes what waits, for five seconds at most. */
  @Override
  public void close() {
    lines.close();
  }
}
