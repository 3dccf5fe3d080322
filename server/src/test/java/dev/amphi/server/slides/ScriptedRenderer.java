package dev.amphi.server.slides;

import dev.amphi.composer.slides.RendererCommand;
import dev.amphi.composer.slides.SlideRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A process that speaks as the renderer does, and draws a page when the test lets it: the name of a
 * PDF's folder and a page's number are a file beside it.
 */
public final class ScriptedRenderer {
  private final Path root;

  /**
   * @param root for the script and for what may be drawn
   */
  public ScriptedRenderer(Path root) {
    this.root = root;
  }

  /** Each PDF has so many pages. */
  public SlideRenderer of(int pages) throws IOException {
    Path script =
        Files.writeString(
            root.resolve("renderer"),
            String.join(
                "\n",
                List.of(
                    "#!/bin/sh",
                    "while [ $# -gt 5 ]; do shift; done",
                    "deck=$(basename \"$2\")",
                    "echo pages " + pages,
                    "while read word page; do",
                    "  while [ ! -e \"" + root + "/$deck-$page\" ]; do sleep 0.02; done",
                    "  if [ $word = fit ]; then",
                    "    set -- \"$1\" \"$2\" $page",
                    "    echo planes > \"$2/$3-$4x$5.yuv\"; echo \"drawn $3 4 2 \"; continue",
                    "  fi",
                    "  echo picture > \"$2/$page.png\"; echo planes > \"$2/$page.yuv\"",
                    "  echo drawn $page 4 2 Page+$page",
                    "done",
                    "")));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return new SlideRenderer(new RendererCommand(script, "none"), SlideRenderer.Limits.STANDARD);
  }

  /** Lets a page be drawn. */
  public void let(String deckId, int page) throws IOException {
    let(deckId, String.valueOf(page));
  }

  /** Lets a page be drawn for a tile, as {@code 2 1024 704}. */
  public void let(String deckId, String what) throws IOException {
    Files.writeString(root.resolve(deckId + "-" + what), "");
  }

  /** Brings a deck as a class does. */
  public static Deck bring(DeckShelf shelf, String roomId) throws Exception {
    Path pdf = Files.writeString(shelf.expect(roomId), "%PDF-1.7");
    return shelf.add(roomId, pdf, "Slides");
  }
}
