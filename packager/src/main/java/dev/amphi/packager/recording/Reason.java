package dev.amphi.packager.recording;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** Says why something failed without the paths of the server; those are for the log. */
final class Reason {
  private Reason() {}

  /** For people: a part of a sentence, without a full stop. */
  static String of(Throwable e) {
    String kind = e.getClass().getSimpleName();
    if (e instanceof FileSystemException files) {
      return with(kind, files.getReason()); // Its message begins with the path.
    }
    if (e instanceof IOException && e.getMessage() != null) {
      return String.valueOf(e.getMessage());
    }
    return kind;
  }

  private static String with(String kind, @Nullable String more) {
    return more == null ? kind : kind + ": " + more;
  }
}
