package dev.amphi.composer.scene;

import dev.amphi.composer.layout.Rect;
import java.util.Optional;

/** One content at its place, perhaps with a label at its lower left. */
public record Tile(Rect rect, Content content, Optional<Label> label) {}
